/**
 * The ids of the groups that count for one member, as a query of one column `group_id` with the parameter `@id`:
 * what the directory has, without what observe mode holds back, and what a recall retains.
 */
export const GROUPS_OF_MEMBER = `
  SELECT g.id AS group_id FROM member m
    CROSS JOIN directory_membership dm ON dm.member_id = m.user_id
    CROSS JOIN directory_group g ON g.pk = dm.group_pk
  WHERE m.id = @id
    AND NOT EXISTS (SELECT 1 FROM unapplied_membership u WHERE u.group_id = g.id AND u.user_id = m.user_id)
  UNION SELECT u.group_id FROM member m JOIN unapplied_membership u ON u.user_id = m.user_id AND u.was = 1
  WHERE m.id = @id
  UNION SELECT kept.value FROM member m, json_each(m.retained_groups) kept WHERE m.id = @id`;
