/**
 * What a push gives that somebody must approve first, as the query `waiting`: `member_pk, target_id, target_name, is_team,
 * sensitive, source`, once for each person and target. Of those alone for whom it would count now, and who don't hold
 * the same by hand or by the template. What was refused waits no longer, until that is undone.
 */
export const WAITING_GRANTS = `
  WITH reviewed AS MATERIALIZED (
    SELECT p.group_id, p.role_value, p.role_value_key, coalesce(p.team_id, p.role_id) AS target_id,
      p.team_id IS NOT NULL AS is_team, coalesce(t.name, r.name) AS target_name, coalesce(r.sensitive, 0) AS sensitive
    FROM mapping p LEFT JOIN team t ON t.id = p.team_id LEFT JOIN role r ON r.id = p.role_id
    WHERE p.paused_at IS NULL AND p.needs_review + coalesce(r.sensitive, 0) > 0 AND coalesce(r.protected, 0) = 0),
  given (member_pk, target_id, target_name, is_team, sensitive, source) AS (
    SELECT m.pk, v.target_id, v.target_name, v.is_team, v.sensitive,
        'The group ' || coalesce(json_extract(g.attributes, '$.displayName'), g.id)
      FROM reviewed v CROSS JOIN directory_group g ON g.id = v.group_id
        CROSS JOIN directory_membership dm ON dm.group_pk = g.pk CROSS JOIN member m ON m.user_id = dm.member_id
      WHERE NOT EXISTS (SELECT 1 FROM unapplied_membership u WHERE u.group_id = g.id AND u.user_id = dm.member_id)
    UNION ALL SELECT m.pk, v.target_id, v.target_name, v.is_team, v.sensitive, 'A group that observe mode keeps'
      FROM reviewed v CROSS JOIN unapplied_membership u ON u.group_id = v.group_id AND u.was = 1
        CROSS JOIN member m ON m.user_id = u.user_id
    UNION ALL SELECT m.pk, v.target_id, v.target_name, v.is_team, v.sensitive, 'A group that a recall keeps'
      FROM reviewed v CROSS JOIN member m ON m.retained_groups IS NOT NULL
      WHERE EXISTS (SELECT 1 FROM json_each(m.retained_groups) kept WHERE kept.value = v.group_id)
    UNION ALL SELECT m.pk, v.target_id, v.target_name, v.is_team, v.sensitive, 'The role ' || v.role_value
      FROM reviewed v CROSS JOIN member m ON m.role_values IS NOT NULL
      WHERE v.role_value_key IS NOT NULL
        AND EXISTS (SELECT 1 FROM json_each(m.role_values) value WHERE value.value = v.role_value_key)),
  waiting AS (
    SELECT given.member_pk, given.target_id, given.target_name, given.is_team, given.sensitive, min(given.source) AS source
    FROM given CROSS JOIN member m ON m.pk = given.member_pk
    WHERE m.state = 'active' AND m.cut_at IS NULL AND m.role <> given.target_id
      AND NOT EXISTS (SELECT 1 FROM grant_approval a WHERE a.member_id = m.id AND a.target_id = given.target_id)
      AND NOT EXISTS (SELECT 1 FROM manual_grant h WHERE h.member_id = m.id
        AND (h.team_id = given.target_id OR h.role_id = given.target_id))
      AND NOT EXISTS (SELECT 1 FROM review_decision d WHERE d.member_id = m.id AND d.target_id = given.target_id
        AND d.decision = 'rejected' AND d.undone_at IS NULL)
    GROUP BY given.member_pk, given.target_id)`;
