/** A number for each draw. */
export type Column = (draw: number) => number;
export type Compiled = { ok: true; of: Column; uses: ReadonlySet<string> } | { ok: false; expected: string };

class Unreadable extends Error {}

type Token = { kind: "number" | "name" | "sign"; text: string };

const TOKENS =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|`([^`]+)`|(<=|>=|[-+*/^(),<>]))/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKENS);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const [, digits, name, quoted, sign] = pattern.exec(text) ?? [];
    if (digits) tokens.push({ kind: "number", text: digits });
    else if (name || quoted) tokens.push({ kind: "name", text: name ?? quoted ?? "" });
    else if (sign) tokens.push({ kind: "sign", text: sign });
    else throw new Unreadable(`"${text.slice(from, from + 12).trim()}" cannot be read`);
  }
  return tokens;
}

type Rule = { least: number; most: number; of: (...values: number[]) => number };
const fixed = (count: number, of: Rule["of"]): Rule => ({ least: count, most: count, of });
const MANY = 50;

const FUNCTIONS: Readonly<Record<string, Rule>> = {
  min: { least: 1, most: MANY, of: Math.min },
  max: { least: 1, most: MANY, of: Math.max },
  abs: fixed(1, Math.abs),
  exp: fixed(1, Math.exp),
  log: fixed(1, Math.log),
  sqrt: fixed(1, Math.sqrt),
  pv: fixed(3, (amount = 0, rate = 0, years = 0) => amount / (1 + rate) ** years),
  /** No value where the growth reaches the rate: the draw is rejected. */
  gordon: fixed(3, (flow = 0, growth = 0, rate = 0) =>
    growth < rate ? (flow * (1 + growth)) / (rate - growth) : Number.NaN,
  ),
};
export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

const SIGNS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
};

/** Weakest first; "^" binds to the right and before a minus in front. */
const LEVELS: readonly (readonly string[])[] = [
  ["<", ">", "<=", ">="],
  ["+", "-"],
  ["*", "/"],
];
const DEEPEST = 100;

class Parser {
  readonly uses = new Set<string>();
  private readonly tokens: readonly Token[];
  private readonly columns: ReadonlyMap<string, Float64Array>;
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], columns: ReadonlyMap<string, Float64Array>) {
    this.tokens = tokens;
    this.columns = columns;
  }

  all(): Column {
    const column = this.level(0);
    const rest = this.tokens[this.at];
    if (rest) throw new Unreadable(`"${rest.text}" is one too many`);
    return column;
  }

  private take(...texts: string[]): string | null {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || !texts.includes(token.text)) return null;
    this.at += 1;
    return token.text;
  }

  private level(order: number): Column {
    const signs = LEVELS[order];
    if (!signs) return this.signed();
    let left = this.level(order + 1);
    for (let sign = this.take(...signs); sign; sign = this.take(...signs)) {
      left = this.joined(sign, left, this.level(order + 1));
    }
    return left;
  }

  private joined(sign: string, left: Column, right: Column): Column {
    const of = SIGNS[sign];
    if (!of) throw new Unreadable(`"${sign}" is no sign`);
    return (draw) => of(left(draw), right(draw));
  }

  private signed(): Column {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new Unreadable("too many brackets in each other");
    const column = this.take("-") ? this.negated(this.signed()) : this.power();
    this.depth -= 1;
    return column;
  }

  private negated(column: Column): Column {
    return (draw) => -column(draw);
  }

  private power(): Column {
    const base = this.atom();
    return this.take("^") ? this.joined("^", base, this.signed()) : base;
  }

  private atom(): Column {
    if (this.take("(")) {
      const inner = this.level(0);
      if (!this.take(")")) throw new Unreadable("a bracket is not closed");
      return inner;
    }
    const token = this.tokens[this.at];
    if (!token || token.kind === "sign") throw new Unreadable("a number or a driver is missing");
    this.at += 1;
    if (token.kind === "number") {
      const value = Number(token.text);
      return () => value;
    }
    return this.take("(") ? this.called(token.text) : this.named(token.text);
  }

  private named(name: string): Column {
    const column = this.columns.get(name);
    if (!column) throw new Unreadable(`"${name}" is no driver`);
    this.uses.add(name);
    return (draw) => column[draw] ?? Number.NaN;
  }

  private called(name: string): Column {
    const rule = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!rule) throw new Unreadable(`"${name}" is no function; there are ${FUNCTION_NAMES.join(", ")}`);
    const given: Column[] = [];
    do given.push(this.level(0));
    while (this.take(","));
    if (!this.take(")")) throw new Unreadable("a bracket is not closed");
    if (given.length < rule.least || given.length > rule.most) {
      throw new Unreadable(`${name} takes ${rule.least === rule.most ? rule.least : "some"} numbers`);
    }
    return (draw) => rule.of(...given.map((column) => column(draw)));
  }
}

/**
 * Arithmetic over columns of draws, read once: + − * / ^, brackets, comparisons (1 or 0), and the functions of
 * FUNCTION_NAMES. A name with other signs than letters and digits stands in backticks. Nothing of it is ever executed as code.
 */
export function compileExpression(text: string | number, columns: ReadonlyMap<string, Float64Array>): Compiled {
  if (typeof text === "number") return { ok: true, of: () => text, uses: new Set() };
  const alone = columns.get(text.trim());
  if (alone) return { ok: true, of: (draw) => alone[draw] ?? Number.NaN, uses: new Set([text.trim()]) };
  try {
    const parser = new Parser(tokensOf(text), columns);
    const of = parser.all();
    return { ok: true, of, uses: parser.uses };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, expected: `arithmetic over the drivers: ${error.message}` };
  }
}
