import { INVOICE_KINDS } from "@/lib/customers/schema";
import type { InvoiceLine } from "../schema";
import type { Fact, Reject, RowOutcome } from "./row";

/** Lines of one invoice in the making. */
type Draft = {
  lines: InvoiceLine[];
  lineIds: Map<string, string>;
  shared: Map<Shared, string>;
  /** Identical lines under one line id count once. */
  repeated: number;
  /** Why the invoice cannot be imported: a sum without one of its lines would be a wrong number that looks right. */
  problems: Map<number, string>;
  rows: number[];
};

const SHARED = ["customer", "date", "currency", "status"] as const;
type Shared = (typeof SHARED)[number];

export type FoldedInvoice = Fact & { rowNumber: number };
export type Folded = {
  facts: FoldedInvoice[];
  rejects: Reject[];
  rejected: number;
  repeated: number;
  /** Rows of invoices that have several. */
  summed: number;
};

/** Sums rows that are lines into invoices, whatever their order in the file. */
export class InvoiceFold {
  private readonly drafts = new Map<string, Draft>();
  private readonly loose: Reject[] = [];
  private looseRows = 0;
  private readonly column: string;

  /** `column`: the header of the invoice number, named in reasons. */
  constructor(column: string) {
    this.column = column;
  }

  add(outcome: RowOutcome, rowNumber: number): void {
    const [fact] = outcome.facts;
    if (fact) this.addLine(this.draftOf(fact.key, rowNumber), fact, rowNumber);
    if (outcome.rejected === 0) return;
    this.loose.push(...outcome.rejects);
    this.looseRows += outcome.rejected;
    if (outcome.key) {
      const draft = this.draftOf(outcome.key, null);
      draft.problems.set(rowNumber, `Row ${rowNumber} of this invoice could not be read`);
    }
  }

  private draftOf(key: string, rowNumber: number | null): Draft {
    const fresh: Draft = {
      lines: [],
      lineIds: new Map(),
      shared: new Map(),
      repeated: 0,
      problems: new Map(),
      rows: [],
    };
    const draft = this.drafts.get(key) ?? fresh;
    this.drafts.set(key, draft);
    if (rowNumber !== null) draft.rows.push(rowNumber);
    return draft;
  }

  private addLine(draft: Draft, { fields, extra }: Fact, row: number): void {
    const [, customer, date, from = null, until = null, amountMinor, currency, kind, status] = fields;
    const said: Record<Shared, string | null | undefined> = { customer, date, currency, status };
    for (const name of SHARED) {
      const before = draft.shared.get(name);
      const now = said[name];
      if (now && before && before !== now) draft.problems.set(row, `Its rows name more than one ${name}`);
      if (now && !before) draft.shared.set(name, now);
    }
    const lineId = extra?.[0];
    const text = JSON.stringify(fields);
    const known = lineId ? draft.lineIds.get(lineId) : undefined;
    if (known === text) {
      draft.repeated += 1;
      draft.rows.pop();
      return;
    }
    if (known) draft.problems.set(row, `Its line ${lineId} stands in two rows that differ`);
    if (lineId) draft.lineIds.set(lineId, text);
    draft.lines.push({ row, from, until, amountMinor: amountMinor ?? "0", kind: knownKind(kind) });
  }

  finish(): Folded {
    const folded: Folded = { facts: [], rejects: [...this.loose], rejected: this.looseRows, repeated: 0, summed: 0 };
    for (const [key, draft] of this.drafts) {
      const fact = invoiceOf(key, draft);
      folded.repeated += draft.repeated;
      if (typeof fact === "string") {
        folded.rejected += draft.rows.length;
        for (const row of draft.rows) folded.rejects.push(this.rejectOf(row, key, fact));
        continue;
      }
      folded.facts.push(fact);
      if (draft.lines.length > 1) folded.summed += draft.lines.length;
    }
    return folded;
  }

  private rejectOf(rowNumber: number, key: string, reason: string): Reject {
    const message = `${reason}; no row of the invoice is imported`;
    return { rowNumber, column: this.column || "key", code: "CONTRADICTION", message, raw: key.slice(0, 500) };
  }
}

const knownKind = (kind: string | null | undefined) => INVOICE_KINDS.find((known) => known === kind) ?? "recurring";

const MAX_MINOR = 2n ** 63n - 1n;

/** The invoice, or why there is none. */
function invoiceOf(key: string, { lines, shared, problems }: Draft): FoldedInvoice | string {
  const [first] = lines;
  const [problem] = problems.values();
  if (problem !== undefined || !first) return problem ?? "Nothing of it could be read";
  const [customer, date, currency, status] = SHARED.map((name) => shared.get(name) ?? null);
  if (!customer || !date) return `None of its rows says ${customer ? "when it was issued" : "whose it is"}`;
  const total = lines.reduce((sum, line) => sum + BigInt(line.amountMinor), 0n);
  if (total > MAX_MINOR || total < -MAX_MINOR) return "Its lines add up to more digits than any amount can have";
  const from = edge(lines, "from", (a, b) => a < b);
  const until = edge(lines, "until", (a, b) => a > b);
  const fields = [
    key,
    customer,
    date,
    from,
    until,
    String(total),
    currency ?? null,
    kindOf(lines, total),
    status ?? null,
  ];
  return { key, rowNumber: first.row, fields, extra: [lines.length > 1 ? JSON.stringify(lines) : null] };
}

function edge(lines: readonly InvoiceLine[], name: "from" | "until", before: (a: string, b: string) => boolean) {
  return lines.reduce<string | null>((best, line) => {
    const day = line[name];
    return day !== null && (best === null || before(day, best)) ? day : best;
  }, null);
}

const KIND_ORDER = ["recurring", "usage", "one_off"];

/** What most of the money is for; money that goes back on the whole is a refund. */
function kindOf(lines: readonly InvoiceLine[], total: bigint): string {
  if (total < 0n) return "refund";
  const sums = KIND_ORDER.map((kind) => ({
    kind,
    sum: lines.reduce((sum, line) => (line.kind === kind ? sum + BigInt(line.amountMinor) : sum), 0n),
    any: lines.some((line) => line.kind === kind),
  })).filter(({ any }) => any);
  return sums.reduce((best, one) => (one.sum > best.sum ? one : best), sums[0] ?? { kind: "refund", sum: 0n }).kind;
}
