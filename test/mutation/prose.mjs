/**
 * Leaves sentences for people out of mutation testing: error details and hints, and the descriptions that /Schemas
 * and /ResourceTypes publish. Clients act on `status` and `scimType`, which stay in; a test that repeats a sentence
 * word for word proves nothing about the protocol. Only text literals are left out, with what a template puts into
 * them; whether, when and with which keyword something is refused is still mutated.
 */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: {
      shouldIgnore: (path) => (isText(path.node) && isProse(path) ? 'a sentence for people' : undefined),
    },
  },
];

/** Which arguments of a call are sentences. */
const SENTENCE_ARGUMENTS = new Map(
  Object.entries({
    attribute: [1],
    plural: [1, 2],
    invalidFilter: [0, 1],
    invalidValue: [0, 1],
    invalidSyntax: [0],
    mutability: [0],
    invalid: [0],
    badRequest: [1, 2],
    unexpected: [1],
    conflict: [0, 1],
    notFound: [0, 1],
    payloadTooLarge: [0, 1],
    readJsonObject: [1],
    requireRule: [3],
  }),
);

function isText(node) {
  return node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
}

/** Properties and variables that hold sentences: about attributes, about the rules of profiles, about a refusal. */
const SENTENCE_NAMES = new Set(['description', 'label', 'whenOff', 'source', 'fixed', 'detail']);

function isProse({ node, parent }) {
  if (parent.type === 'ObjectProperty') return parent.value === node && SENTENCE_NAMES.has(parent.key.name);
  if (parent.type === 'VariableDeclarator') return SENTENCE_NAMES.has(parent.id.name);
  if (parent.type !== 'CallExpression' || parent.callee.type !== 'Identifier') return false;
  return SENTENCE_ARGUMENTS.get(parent.callee.name)?.includes(parent.arguments.indexOf(node)) ?? false;
}
