import { requireRule, type Tolerate, tolerateLeniently } from '../profile.ts';
import type { CompareOperator, Filter, Literal } from './ast.ts';
import { invalidFilter, type Token, tokenize } from './lexer.ts';

const MAX_FILTER_DEPTH = 32;
const MAX_COMPARISONS = 100;

const COMPARE_OPERATORS: ReadonlySet<string> = new Set<CompareOperator>([
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
]);

/** What an attribute name may look like; whether it exists is the resolver's question. */
const NAME = /^(?:urn:[^\s"()[\]]+|[a-z$_][\w$-]*(?:\.[a-z$_][\w$-]*)*)$/iu;
const SUB_ATTRIBUTE = /^\.([a-z$_][\w$-]*)$/iu;

/**
 * Parses a filter: RFC 7644 §3.4.2.2 plus what real clients send (protocol reference D2): operators in any case, odd
 * spacing, literals in single quotes or none, a sub-attribute behind a valuePath, `not` without parentheses.
 * @throws ScimError 400 invalidFilter, also beyond 8,192 characters, 100 comparisons or 32 levels of nesting
 */
export function parseFilter(text: string, tolerate: Tolerate = tolerateLeniently): Filter {
  const parser = new FilterParser(tokenize(text), tolerate);
  const filter = parser.disjunction();
  parser.expectEnd();
  return filter;
}

/** The parser itself; PATCH paths use it for what stands in brackets. */
export class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #tolerate: Tolerate;
  #position = 0;
  #depth = 0;
  #comparisons = 0;

  constructor(tokens: readonly Token[], tolerate: Tolerate, position = 0) {
    this.#tokens = tokens;
    this.#tolerate = tolerate;
    this.#position = position;
  }

  /** Index of the token not yet read. */
  get position(): number {
    return this.#position;
  }

  /** `or` binds weakest. */
  disjunction(): Filter {
    return this.#deeper(() => this.#chain('or', () => this.#chain('and', () => this.#factor())));
  }

  expectEnd(): void {
    const token = this.#peek();
    if (token !== undefined) throw unexpected(token, 'the end of the filter');
  }

  #chain(kind: 'and' | 'or', operand: () => Filter): Filter {
    const operands = [operand()];
    while (this.#takeKeyword(kind)) operands.push(operand());
    const [only] = operands;
    return operands.length === 1 && only !== undefined ? only : { kind, operands };
  }

  #factor(): Filter {
    if (this.#takeKeyword('not')) return { kind: 'not', operand: this.#deeper(() => this.#factor()) };
    if (this.#take('(')) {
      const filter = this.disjunction();
      this.#expect(')');
      return filter;
    }
    const name = this.#name();
    return this.#take('[') ? this.#valuePath(name) : this.#comparison(name);
  }

  #valuePath(name: string): Filter {
    const filter = this.disjunction();
    this.#expect(']');
    const suffix = this.#suffix();
    if (suffix === undefined) return { kind: 'valuePath', name, filter };
    const detail = `Nothing may follow ${name}[…]; put the comparison inside.`;
    requireRule(this.#tolerate, 'value-path-suffix', 'invalidFilter', detail);
    // Both conditions are about the same element: FusionAuth #2456.
    return { kind: 'valuePath', name, filter: { kind: 'and', operands: [filter, this.#comparison(suffix)] } };
  }

  /** `.value` behind `]`, or `value` where an operator follows at once, as in old Microsoft documentation. */
  #suffix(): string | undefined {
    const token = this.#peek();
    if (token?.kind !== 'word') return undefined;
    const sub = SUB_ATTRIBUTE.exec(token.text);
    if (sub?.[1] !== undefined) {
      this.#position++;
      return sub[1];
    }
    return isOperator(token.text) ? 'value' : undefined;
  }

  #comparison(name: string): Filter {
    this.#comparisons++;
    if (this.#comparisons > MAX_COMPARISONS) {
      throw invalidFilter(`The filter has more than ${MAX_COMPARISONS} comparisons.`);
    }
    const token = this.#next(`an operator after ${name}`);
    const operator = token.text.toLowerCase();
    if (token.kind !== 'word' || !isOperator(operator)) throw unexpected(token, `an operator after ${name}`);
    if (operator === 'pr') return { kind: 'present', name };
    return {
      kind: 'compare',
      name,
      operator: operator as CompareOperator,
      value: this.#literal(name, operator),
    };
  }

  #literal(name: string, operator: string): Literal {
    const wanted = `a value after ${name} ${operator}`;
    const token = this.#next(wanted);
    if (token.kind === 'string') {
      if (token.singleQuoted) this.#requireLooseQuotes(token.text);
      return token.text;
    }
    if (token.kind !== 'word') throw unexpected(token, wanted);
    const value = readWord(token.text);
    if (typeof value === 'string') this.#requireLooseQuotes(value);
    return value;
  }

  #requireLooseQuotes(text: string): void {
    const detail = `${JSON.stringify(text.slice(0, 40))} must stand in double quotes.`;
    requireRule(this.#tolerate, 'loose-quotes', 'invalidFilter', detail);
  }

  #name(): string {
    const token = this.#next('an attribute name');
    if (token.kind !== 'word' || !NAME.test(token.text)) throw unexpected(token, 'an attribute name');
    return token.text;
  }

  #deeper<Result>(parse: () => Result): Result {
    this.#depth++;
    if (this.#depth > MAX_FILTER_DEPTH) {
      throw invalidFilter(`The filter is nested deeper than ${MAX_FILTER_DEPTH} levels.`);
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #next(wanted: string): Token {
    const token = this.#peek();
    if (token === undefined) throw invalidFilter(`The filter ends where ${wanted} was expected.`);
    this.#position++;
    return token;
  }

  #take(kind: Token['kind']): boolean {
    const found = this.#peek()?.kind === kind;
    if (found) this.#position++;
    return found;
  }

  #takeKeyword(keyword: string): boolean {
    const token = this.#peek();
    const found = token?.kind === 'word' && token.text.toLowerCase() === keyword;
    if (found) this.#position++;
    return found;
  }

  #expect(kind: Token['kind']): void {
    const token = this.#next(`"${kind}"`);
    if (token.kind !== kind) throw unexpected(token, `"${kind}"`);
  }
}

function isOperator(word: string): boolean {
  const folded = word.toLowerCase();
  return folded === 'pr' || COMPARE_OPERATORS.has(folded);
}

// Only what JSON would print the same way is a number: an unquoted 007 or 1.0 stays text, and is read as a number later
// if the attribute is one.
function readWord(word: string): Literal {
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  const number = Number(word);
  return Number.isFinite(number) && String(number) === word ? number : word;
}

function unexpected(token: Token, wanted: string): Error {
  const found = token.kind === 'string' ? 'a string' : `"${token.text.slice(0, 40)}"`;
  return invalidFilter(`Found ${found} at position ${token.start} of the filter instead of ${wanted}.`);
}
