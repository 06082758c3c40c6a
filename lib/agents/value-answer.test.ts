import { expect, test } from "vitest";
import { checkSentence } from "./grounding";
import type { Finding } from "./growth-script";
import { SentenceBuffer } from "./sentences";
import { dataText } from "./untrusted";
import { askValue } from "./value-answer";

const header = (question: string) => ({ agent: "value", task: "ask", venture: "meridian", question });

test.each([
  ["Which offer brings the group most?", ["deals.compare-offers"]],
  ["Who converts at closing of the best bid?", ["closing.status"]],
  ["Which classes convert?", ["deals.compare-offers"]],
  ["Where does the negotiation stand?", ["deals.compare-offers", "deals.negotiation"]],
  ["Which conditions are open?", ["closing.status"]],
  ["What should we do next?", ["deals.list", "deals.compare-offers"]],
  ["What is missing?", ["deals.list", "deals.compare-offers"]],
  ["Who is still in the sale?", ["deals.list"]],
])("%s", (question, tools) => {
  const findings: Finding[] = [];
  for (const tool of tools) {
    expect(askValue(header(question), findings)).toMatchObject({ tool });
    findings.push({ tool, ok: false, data: { ok: false } });
  }
  expect(askValue(header(question), findings).tool).toBeNull();
});

test("what no section answers is said to be so, and nothing is looked up", () => {
  const { say, tool } = askValue(header("Will it rain?"), []);
  expect([tool, say.startsWith("The figures do not answer this.")]).toEqual([null, true]);
});

test("an answer quotes figures and names bidders as data", () => {
  const offer = {
    ...{ offerId: "o", bidderId: "b", name: "Nordwerk AG", kind: "bid", inPlay: true, headline: null, open: [] },
    ...{ financing: null, reason: null, conditions: [], converts: { atClosing: [], ifAllIsPaid: [] } },
    group: { atClosing: "1".repeat(16), laterExpected: null, total: null, riskAdjusted: "2".repeat(16) },
  };
  const figure = (id: string) => ({ id, label: "x", value: "1000000" });
  const result = { offers: [offer] };
  const data = { ok: true, result, figures: [figure("1".repeat(16)), figure("2".repeat(16))] };
  const finding = { tool: "deals.compare-offers", ok: true, data };
  const { say } = askValue(header("What are the offers worth?"), [finding]);
  expect(say).toContain("[[name:Nordwerk AG]]");
  expect(say).toContain(`[[fig:${"2".repeat(16)}]]`);
  const known = new Map(data.figures.map(({ id }) => [id, "current" as const]));
  const { names, untrusted } = dataText(result);
  const buffer = new SentenceBuffer();
  for (const sentence of [...buffer.push(say), ...buffer.flush()])
    expect(checkSentence(sentence, { figures: known, names: new Set(names), untrusted })).toEqual([]);
});
