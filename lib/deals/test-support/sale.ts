import { answerClassTerms, applyOcf, previewOcf } from "@/lib/cap-table/mutations";
import { getCapTable } from "@/lib/cap-table/queries";
import { db } from "@/lib/db";
import { person } from "@/lib/decisions/test-support/memos";
import { setGroupHolding } from "@/lib/growth/mutations/drivers/group-holding";
import { adoptStage40 } from "@/lib/ventures/mutations";
import { keepFacts } from "../mutations/facts";
import { openDeal } from "../mutations/opening";
import { type DealFacts, NO_FACTS } from "../schema/deal";

export const NOW = new Date("2027-01-01T12:00:00Z");
export const analyst = person("analyst");

let made = 0;

const HOLDINGS = [
  "Holder,Class,Kind,Shares,Invested,Date,Multiple,Ratio",
  "Founder,Common,common,6000000,,2020-01-01,,",
  "Chairman Holdings,Common,common,2000000,,2020-01-01,,",
  "Chairman Holdings,Series A,preferred,2000000,10000000,2022-01-01,1,1",
].join("\n");

async function loadHoldings(ventureId: string): Promise<void> {
  const files = [{ name: "holdings.csv", bytes: new TextEncoder().encode(HOLDINGS) }];
  const preview = await previewOcf(analyst, { ventureId, sourceName: "By hand", files });
  if (!preview.ok) throw new Error(preview.refusal);
  const applied = await applyOcf(analyst, preview.value.importId);
  if (!applied.ok) throw new Error(applied.refusal);
  const { questions, table } = await getCapTable(analyst, ventureId);
  for (const classId of new Set(questions.map((one) => one.classId))) {
    const silent = { capMultiple: null, liquidationMultiple: "1", conversionRatio: "1", evidence: "Charter, 4.1" };
    const answer = await answerClassTerms(analyst, { ventureId, classId, participation: "none", ...silent });
    if (!answer.ok) throw new Error(answer.refusal);
  }
  const holderIds = [...(table?.holders ?? [])].filter(([, name]) => name === "Chairman Holdings").map(([id]) => id);
  const said = { ventureId, holderIds, version: 0, reason: "Its own name" };
  const held = await setGroupHolding(analyst, said, NOW);
  if (!held.ok) throw new Error(held.refusal);
}

/** A venture in value realization: founder 6 M common, the group 2 M common and all of Series A. */
export async function sellingVenture(openSubstages: readonly ("40.2" | "40.3")[] = ["40.3"]): Promise<string> {
  made += 1;
  const { id } = await db.venture.create({
    data: {
      ...{ slug: `sold-${made}`, name: `Sold ${made}`, sector: "Software", businessModel: "saas", currency: "EUR" },
      ...{ country: "DE", timeZone: "Europe/Berlin", stage: "mature" },
      settings: { create: { profile: "balanced", autonomy: "assisted" } },
    },
  });
  await loadHoldings(id);
  const stage = { enteredOn: "2025-01-01", openSubstages: [...openSubstages], reason: "Sold in a test" };
  const adopted = await adoptStage40(person("chairman"), { ventureId: id, ...stage });
  if (!adopted.ok) throw new Error(adopted.refusal);
  return id;
}

/** A bidder by hand with facts that are known. */
export async function bidder(ventureId: string, name: string, facts: Partial<DealFacts> = {}): Promise<string> {
  const opened = await openDeal(analyst, { ventureId, companyId: null, bidder: name }, NOW);
  if (!opened.ok) throw new Error(opened.refusal);
  const { dealId } = opened.value;
  const kept = await keepFacts(analyst, { dealId, version: 1, facts: { ...NO_FACTS, ...facts } }, NOW);
  if (!kept.ok) throw new Error(kept.refusal);
  return dealId;
}
