import { expect, test } from "vitest";
import { clock } from "@/lib/clock";
import type { Figure } from "@/lib/figures/schema";
import { actor } from "@/lib/metrics/test-support/facts";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { callTool } from "./define-tool";
import { claimProblems } from "./figure-claims";
import { advance, BEGINNING, checkSentence } from "./grounding";
import { type Finding, growthScripts } from "./growth-script";
import { findTool } from "./registry";
import { SentenceBuffer } from "./sentences";

/** The built-in analyst over the real tools, without the engine around it; nothing is proposed. */
async function analysed(ventureId: string) {
  const script = growthScripts["growth/analyse"];
  const findings: Finding[] = [];
  const figures: Figure[] = [];
  const header = { agent: "growth", task: "analyse", venture: ventureId };
  for (;;) {
    const move = script?.(header, findings);
    if (!move) throw new Error("There is no such script");
    if (move.tool === null) return { text: move.say, figures, findings };
    const tool = move.tool === "growth.propose-initiative" ? null : await findTool(move.tool);
    const call = { actor: actor("analyst"), agent: "growth" as const, runId: null, now: clock.now() };
    const data = tool
      ? await callTool(tool, move.input, call)
      : { ok: true as const, result: { outcome: "ask" }, figures: [] };
    if (data.ok) figures.push(...data.figures);
    findings.push({ tool: move.tool, ok: data.ok, data });
  }
}

test("the report gives every lever its range, names the chosen set, and each number is a figure", async () => {
  const { text, figures, findings } = await analysed(await growingVenture());
  const known = new Map(figures.map((figure) => [figure.id, "current" as const]));
  const facts = new Map(figures.map((figure) => [figure.id, figure]));
  const grounding = { figures: known, names: new Set(["large", "small"]), untrusted: [] };
  const buffer = new SentenceBuffer();
  let place = BEGINNING;
  for (const sentence of [...buffer.push(text), ...buffer.flush()]) {
    expect(checkSentence(sentence, grounding, place), sentence).toEqual([]);
    expect(claimProblems(sentence, facts), sentence).toEqual([]);
    place = advance(place, sentence);
  }
  expect(findings.map(({ tool }) => tool)).toEqual([
    "venture.performance",
    "venture.levers",
    "growth.propose-initiative",
  ]);
  expect(text).toContain("Worth doing now:");
  expect(text).toMatch(/Together this should bring \[\[fig:\w+\]\] of revenue over the coming year, between/);
  expect(text).toMatch(/The return is \[\[fig:\w+\]\], between \[\[fig:\w+\]\] and \[\[fig:\w+\]\]/);
  expect(text).toContain("**Chosen.**");
});
