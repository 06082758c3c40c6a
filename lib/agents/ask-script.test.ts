import { describe, expect, test } from "vitest";
import { taskPrompt } from "./agent";
import { CANNOT_ANSWER } from "./ask";
import { intentOf } from "./ask-script";
import { answerTo } from "./built-in-analyst";
import { checkSentence } from "./grounding";
import { SentenceBuffer } from "./sentences";
import { asData } from "./untrusted";

test.each([
  ["What is our runway?", "value", ["cash_runway"]],
  ["How high are NRR and churn?", "value", ["net_revenue_retention", "logo_churn"]],
  ["Why did growth slow down?", "why", ["growth_rate"]],
  ["How is the burn multiple computed?", "why", ["burn_multiple"]],
  ["Which lever is the strongest?", "levers", []],
  ["What should we do about churn?", "levers", ["logo_churn"]],
  ["What is missing in the data?", "missing", []],
  ["How is the venture doing?", "overview", []],
  ["Who leads it?", "none", []],
  ["Is the CEO any good?", "none", []],
])("%s", (question, kind, metrics) => {
  expect(intentOf(question)).toEqual({ kind, metrics });
});

const figure = (n: number, key: string, value: string | null, more: object = {}) => ({
  ...{ id: String(n).repeat(16).slice(0, 16), label: key, value, method: `metrics.venture.${key}@1` },
  ...more,
});
const REVENUE = figure(2, "revenue_3m", "1000", { label: "Revenue, 3 months" });
const FIGURES = [
  figure(1, "growth_rate", "0.24", { from: [REVENUE.id] }),
  REVENUE,
  figure(3, "cash_runway", null, { reason: "not-burning" }),
  figure(4, "net_revenue_retention", null, { reason: "no-data" }),
  figure(5, "customer_concentration", "0.4"),
];
const LEVERS = {
  levers: [
    { kind: "retention-gap", subject: "Mid 50", figures: { cost: FIGURES[0]?.id, effect: REVENUE.id, roi: null } },
  ],
};

function ask(question: string, result: unknown = {}): string {
  const header = { agent: "growth", task: "ask", venture: "v", question };
  const user = {
    role: "user" as const,
    content: [{ type: "text" as const, text: taskPrompt(header, "2026-11-22", "") }],
  };
  const [first] = answerTo([user]);
  if (first?.type !== "tool-call") return first?.type === "text" ? first.text : "";
  const value = asData(first.toolName, { ok: true, result, figures: FIGURES });
  const output = { type: "text" as const, value };
  const tool = { type: "tool-result" as const, toolCallId: first.toolCallId, toolName: first.toolName, output };
  const said = answerTo([user, { role: "tool", content: [tool] }]);
  return said.map((part) => (part.type === "text" ? part.text : `?${part.type}`)).join("");
}

describe("the built-in analyst answers", () => {
  test("a value by its figure, and says what is not known", () => {
    expect(ask("What is our growth rate?")).toBe("Growth over the year is [[fig:1111111111111111]].\n");
    expect(ask("And NRR?")).toBe("Net revenue retention is not known from the venture's data.\n");
    expect(ask("How long is the runway?")).toBe("Cash is not falling, so the runway has no end.\n");
  });
  test("why, by what a figure is computed from, and where the data ends", () => {
    const said = ask("Why is growth what it is?");
    expect(said).toContain("- Revenue: [[fig:2222222222222222]].");
    expect(said).toContain("What people did to move them is in no figure.");
    expect(ask("Why is concentration so high?")).toContain("it was imported");
  });
  test("levers by the tool that ranks them", () => {
    expect(ask("Which lever should we pull?", LEVERS)).toContain("1. The retention gap of [[name:Mid 50]]:");
    expect(ask("Which lever should we pull?", { levers: [] })).toContain("no lever");
  });
  test("an overview and what is missing", () => {
    expect(ask("How are we doing?")).toContain("Growth over the year is [[fig:1111111111111111]].");
    expect(ask("What is missing?")).toContain("- Net revenue retention.");
  });
  test("each part of a question, and says which rest it cannot", () => {
    const growth = "Growth over the year is [[fig:1111111111111111]].\n";
    const rest = "The rest of the question is not answered by the figures.\n";
    expect(ask("What is our growth rate, and who leads it?")).toBe(`${growth}\n${rest}`);
    expect(ask("What is our growth rate? The board meets on Friday.")).toBe(growth);
    expect(ask("How high is growth, and how long is the runway?")).toBe(
      `${growth}\nCash is not falling, so the runway has no end.\n`,
    );
    expect(ask("Who leads it, and when?").startsWith(CANNOT_ANSWER)).toBe(true);
  });
  test("and says so when it cannot", () => {
    expect(ask("Who leads it?").startsWith(CANNOT_ANSWER)).toBe(true);
    expect(ask("What is the LTV?").startsWith(CANNOT_ANSWER)).toBe(true);
  });
  test("every sentence passes the check", () => {
    const figures = new Map(FIGURES.map(({ id }) => [id, "current" as const]));
    const grounding = { figures, names: new Set(["Mid 50"]), untrusted: [] };
    const questions = [
      "What is growth, NRR and runway?",
      "Why growth?",
      "Which lever?",
      "How are we doing?",
      "What is missing?",
      "Who?",
      "What is growth, and who leads it?",
    ];
    for (const question of questions) {
      const buffer = new SentenceBuffer();
      for (const sentence of [...buffer.push(ask(question, LEVERS)), ...buffer.flush()]) {
        const place = { before: "", nextListNumber: 1 };
        expect(checkSentence(sentence, grounding, place), sentence).toEqual([]);
      }
    }
  });
});
