import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { askCounter, keepNegotiation } from "@/lib/deals/mutations/negotiation";
import { recordOffer } from "@/lib/deals/mutations/offers";
import { NOTHING_SAID } from "@/lib/deals/schema/negotiation";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { analyst, bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { person } from "@/lib/decisions/test-support/memos";
import { saveFigures } from "@/lib/figures/mutations";
import type { Figure } from "@/lib/figures/schema";
import { usableTools } from "./agent";
import { callTool } from "./define-tool";
import { claimProblems } from "./figure-claims";
import { advance, BEGINNING, checkSentence } from "./grounding";
import type { Finding } from "./growth-script";
import { allTools, findTool } from "./registry";
import { SentenceBuffer } from "./sentences";
import { dataText } from "./untrusted";
import { valueManager } from "./value";
import { valueScripts } from "./value-script";

/** The built-in analyst over the real tools, without the engine around it; figures are stored as a run does. */
async function reviewed(ventureId: string) {
  const findings: Finding[] = [];
  const figures: Figure[] = [];
  for (;;) {
    const move = valueScripts["value/review"]?.({ agent: "value", task: "review", venture: ventureId }, findings);
    if (!move) throw new Error("There is no such script");
    if (move.tool === null) return { text: move.say, figures, findings };
    const tool = await findTool(move.tool);
    if (!tool) throw new Error(`There is no tool ${move.tool}`);
    const data = await callTool(tool, move.input, { actor: analyst, agent: "value", runId: null, now: NOW });
    if (data.ok) {
      figures.push(...data.figures);
      await db.$transaction((tx) => saveFigures(tx, ventureId, data.figures, NOW));
    }
    findings.push({ tool: move.tool, ok: data.ok, data });
  }
}

function expectGrounded({ text, figures, findings }: Awaited<ReturnType<typeof reviewed>>): void {
  const known = new Map(figures.map((figure) => [figure.id, "current" as const]));
  const facts = new Map(figures.map((figure) => [figure.id, figure]));
  const heard = findings.map(({ data }) => dataText((data as { result?: unknown }).result));
  const names = new Set(heard.flatMap((one) => one.names));
  const grounding = { figures: known, names, untrusted: heard.flatMap((one) => one.untrusted) };
  const buffer = new SentenceBuffer();
  let place = BEGINNING;
  for (const sentence of [...buffer.push(text), ...buffer.flush()]) {
    expect(checkSentence(sentence, grounding, place), sentence).toEqual([]);
    expect(claimProblems(sentence, facts), sentence).toEqual([]);
    place = advance(place, sentence);
  }
}

const offer = async (dealId: string, more: Partial<OfferTerms>) => {
  const said = { title: "First bid", dated: "2026-12-20", source: "Letter of 20 December", note: "" };
  const made = await recordOffer(analyst, { dealId, kind: "bid", terms: plainTerms(more), ...said }, NOW);
  if (!made.ok) throw new Error(made.refusal);
};

test("the review quotes figures only, proposes one bidder and one counter, and says what nobody has stated", async () => {
  const ventureId = await sellingVenture();
  const sure = await bidder(ventureId, "Harrow Software Partners", { contact: "Joel", nextOn: "2026-12-28" });
  const loud = await bidder(ventureId, "Tesserae Cloud 9 Inc");
  const mute = await bidder(ventureId, "Oxbow Analytics plc");
  await bidder(ventureId, "Silent Partners Four to Five Ltd");
  await offer(sure, { price: "52000000", financing: "committed" });
  const earnOuts = [{ title: "Goal", amount: "30000000", dueOn: "2029-01-01", probability: "0.2" }];
  await offer(loud, { price: "70000000", earnOuts });
  await offer(mute, { price: "90000000", debt: null, earnOuts: null });
  const issue = {
    id: crypto.randomUUID(),
    title: "The price",
    term: "price" as const,
    ownerId: null,
    state: "open" as const,
  };
  const issues = [{ ...issue, position: "56000000", fallback: "54000000" }];
  const body = { ...NOTHING_SAID, alternative: loud, ceiling: "60000000", issues };
  await keepNegotiation(analyst, { dealId: sure, version: 0, body }, NOW);

  const review = await reviewed(ventureId);
  expectGrounded(review);
  expect(review.findings.map(({ tool, ok }) => [tool, ok])).toEqual([
    ["deals.list", true],
    ["deals.compare-offers", true],
    ["deals.negotiation", true],
    ["deals.propose-preferred", true],
    ["deals.propose-counter", true],
    ["documents.list", true],
    ["closing.status", true],
  ]);
  expect(review.text).toContain("The offer of [[name:Harrow Software Partners]] is worth most to the group today");
  expect(review.text).toContain("Ask [[name:Oxbow Analytics plc]] for: earn-out, debt at closing.");
  expect(review.text).toContain("The next step with [[name:Harrow Software Partners]] was due on 2026-12-28.");
  expect(review.text).toContain("The chairman is asked whether our counter may be sent");
  const memos = await db.memo.findMany({ where: { ventureId }, orderBy: { createdAt: "asc" } });
  expect(memos.map(({ title }) => title.replace(/ for Sold \d+/, ""))).toEqual([
    "Negotiate first with Harrow Software Partners",
    "Counter to Harrow Software Partners",
  ]);

  // Somebody who has typed a counter to the same bidder meets that memo: there is one, whoever asks.
  const typed = { title: "Our counter", dated: "2026-12-30", source: "Own", note: "", terms: plainTerms() };
  const made = await recordOffer(analyst, { dealId: sure, kind: "counter", ...typed }, NOW);
  const asked = { offerId: made.ok ? made.value.offerId : "", version: 1, rationale: "They wait for it" };
  expect(await askCounter(person("analyst", "bob"), asked, NOW)).toMatchObject({ refusal: "ASKED_ALREADY" });
});

test("a sale without an offer is reviewed as what it is, and its tools are the agent's own", async () => {
  const ventureId = await sellingVenture();
  await bidder(ventureId, "Alder");
  const review = await reviewed(ventureId);
  expectGrounded(review);
  expect(review.text).toContain("No offer says enough to tell what reaches the group. Nothing is proposed.");
  expect(review.text).toContain("An offer of [[name:Alder]].");
  const usable = usableTools(valueManager, await allTools()).map(({ name }) => name);
  expect(usable).toEqual(
    review.findings
      .map(({ tool }) => tool)
      .concat([
        "deals.propose-preferred",
        "deals.propose-counter",
        "documents.draft-counter",
        "closing.propose-release",
        // Only where governance has taught something.
        "governance.learnings",
      ])
      .toSorted((a, b) => usable.indexOf(a) - usable.indexOf(b)),
  );
});
