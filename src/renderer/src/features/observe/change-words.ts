/** What changes of a kind do, counted: for one, and for several of them. */
const WORDS: Record<string, readonly [one: string, many: string]> = {
  'member.create': ['person becomes a member', 'people become members'],
  'member.relink': ['person comes back', 'people come back'],
  'member.unlink': ['person is no longer in the IdP', 'people are no longer in the IdP'],
  'member.update': ['person’s facts change', 'people’s facts change'],
  'member.state': ['person changes state', 'people change state'],
  'member.cut': ['person loses access', 'people lose access'],
  'member.uncut': ['person has access again', 'people have access again'],
  'member.recall-ended': ['recall ends', 'recalls end'],
  'member.delete': ['person is deleted', 'people are deleted'],
  'member.resume-as': ['suspended person would return otherwise', 'suspended people would return otherwise'],
  'conflict.open': ['conflict opens', 'conflicts open'],
  'conflict.gone': ['conflict is settled', 'conflicts are settled'],
  'employee.update': ['employee record changes', 'employee records change'],
  'employee.reopen': ['employee record goes on', 'employee records go on'],
  'employee.end': ['employee record ends', 'employee records end'],
  'team.create': ['team is made', 'teams are made'],
  'team.rename': ['team is renamed', 'teams are renamed'],
  'team.identify': ['team gets another externalId', 'teams get another externalId'],
  'team.remove': ['team is removed', 'teams are removed'],
  'team.release': ['team stays without its group', 'teams stay without their groups'],
  'group.membership': ['team gets other members', 'teams get other members'],
};

/** How many changes of which kind, as phrases, the most frequent first. @param count how a number is written. */
export function countsInWords(counts: Record<string, number>, count: (value: number) => string): string[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, number]) => `${count(number)} ${WORDS[kind]?.[number === 1 ? 0 : 1] ?? kind}`);
}
