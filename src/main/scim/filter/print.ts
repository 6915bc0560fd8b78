import type { Filter } from './ast.ts';

/** The filter as text that parses back to the same tree: lower-case operators, JSON literals, only needed parentheses. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'compare':
      return `${filter.name} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${filter.name} pr`;
    case 'not':
      return `not (${printFilter(filter.operand)})`;
    case 'valuePath':
      return `${filter.name}[${printFilter(filter.filter)}]`;
    default:
      return filter.operands
        .map((operand) =>
          needsParentheses(operand, filter.kind) ? `(${printFilter(operand)})` : printFilter(operand),
        )
        .join(` ${filter.kind} `);
  }
}

function needsParentheses(operand: Filter, within: 'and' | 'or'): boolean {
  return operand.kind === 'or' || (operand.kind === 'and' && within === 'and');
}
