import Papa from "papaparse";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { type BuyerFacts, buyerFactsSchema, EVIDENCE_TIERS, FIT_CRITERIA, type FitCriterion } from "../schema";
import { nameKey } from "./outreach";

export type BuyerRow = {
  line: number;
  name: string;
  facts: BuyerFacts;
  claims: { criterion: FitCriterion; score: number; claim: string; tier: (typeof EVIDENCE_TIERS)[number] }[];
};

const HEAD = [
  "name",
  "kind",
  "country",
  "website",
  "sectors",
  "currency",
  "cash",
  "debt",
  "ebitda",
  "deals_36m",
  "as_of",
  "source",
];
export const BUYER_COLUMNS: readonly string[] = HEAD;
const orNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === "" ? null : text.trim();

type Cells = Readonly<Record<string, string | undefined>>;

function factsOf(cells: Cells) {
  const deals = orNull(cells.deals_36m);
  return buyerFactsSchema.safeParse({
    kind: orNull(cells.kind)?.toLowerCase(),
    country: orNull(cells.country)?.toUpperCase() ?? null,
    website: orNull(cells.website),
    sectors: (orNull(cells.sectors) ?? "")
      .split(";")
      .map((sector) => sector.trim())
      .filter(Boolean),
    currency: orNull(cells.currency)?.toUpperCase() ?? null,
    ...{ cash: orNull(cells.cash), debt: orNull(cells.debt), ebitda: orNull(cells.ebitda) },
    deals36m: deals === null ? null : Number(deals),
    asOf: orNull(cells.as_of),
    source: orNull(cells.source),
  });
}

/** Columns such as "overlap" (0 to 4), "overlap_claim", "overlap_tier"; absent ones claim nothing. */
function claimsOf(cells: Cells, line: number): Result<BuyerRow["claims"], "BAD_FILE"> {
  const claims: BuyerRow["claims"] = [];
  for (const criterion of FIT_CRITERIA) {
    const given = orNull(cells[criterion]);
    if (given === null) continue;
    const score = Number(given);
    const tier = EVIDENCE_TIERS.find((known) => known === (orNull(cells[`${criterion}_tier`]) ?? "C").toUpperCase());
    const claim = orNull(cells[`${criterion}_claim`]);
    const wrong = (column: string, expected: string) =>
      refuse("BAD_FILE" as const, [{ path: `line ${line}, ${column}`, expected }]);
    if (!Number.isInteger(score) || score < 0 || score > 4) return wrong(criterion, "0, 1, 2, 3 or 4");
    if (!tier) return wrong(`${criterion}_tier`, "A, B or C");
    if (claim === null) return wrong(`${criterion}_claim`, "what is claimed, in a sentence");
    claims.push({ criterion, score, claim, tier });
  }
  return ok(claims);
}

/** A list of buyers as CSV. One bad row, and nothing is taken: every problem is named by line and column. */
export function readBuyers(csv: string): Result<BuyerRow[], "BAD_FILE"> {
  const { data, meta } = Papa.parse<Cells>(csv.replace(/^\uFEFF/, ""), {
    ...{ header: true, skipEmptyLines: "greedy" },
    transformHeader: (head: string) => head.trim().toLowerCase(),
  });
  const missing = ["name", "kind", "as_of", "source"].filter((column) => !meta.fields?.includes(column));
  if (missing.length > 0)
    return refuse("BAD_FILE", [{ path: "line 1", expected: `the columns ${missing.join(", ")}` }]);
  if (data.length === 0) return refuse("BAD_FILE", [{ path: "line 2", expected: "at least one buyer" }]);
  const [rows, problems, seen]: [BuyerRow[], FieldProblem[], Map<string, number>] = [[], [], new Map()];
  for (const [index, cells] of data.entries()) {
    const line = index + 2;
    const [name, facts, claims] = [orNull(cells.name), factsOf(cells), claimsOf(cells, line)];
    const before = name === null ? undefined : seen.get(nameKey(name));
    if (name === null) problems.push({ path: `line ${line}, name`, expected: "a name" });
    if (before !== undefined)
      problems.push({ path: `line ${line}, name`, expected: `a buyer once; line ${before} is the same` });
    if (!facts.success)
      problems.push(
        ...facts.error.issues.map((issue) => ({
          path: `line ${line}, ${String(issue.path[0] ?? "")}`,
          expected: issue.message,
        })),
      );
    if (!claims.ok) problems.push(...(claims.problems ?? []));
    if (name !== null) seen.set(nameKey(name), line);
    if (name !== null && facts.success && claims.ok) rows.push({ line, name, facts: facts.data, claims: claims.value });
  }
  return problems.length > 0 ? refuse("BAD_FILE", problems.slice(0, 100)) : ok(rows);
}
