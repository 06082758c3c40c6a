import { describe, expect, test } from "vitest";
import { z } from "zod";
import { crewNames, crewTasks } from "./crew";
import { callTool, defineTool, OUTSIDE_ROW, type Tool } from "./define-tool";
import { MATRIX, outsideRow } from "./matrix";
import { allTools } from "./registry";
import { AGENTS, type AgentName, RESOURCES, type Resource } from "./schema";

/** Every cell of the interaction matrix of spec/stage-40, section 3, tried at the door that all tool calls go through. */

const PERFORMANCE = "venture-performance" as const;
/** Written off the specification by hand, so that a change of the table in the code is seen here. */
const READS: Readonly<Record<AgentName, readonly Resource[]>> = {
  growth: [PERFORMANCE, "market-data"],
  exit: ["market-conditions", "buyer-intelligence", PERFORMANCE],
  value: ["deal-terms", "transaction-status", "cap-table"],
  coordinator: ["agent-outputs"],
};
const WRITES: Readonly<Record<AgentName, readonly Resource[]>> = {
  growth: ["growth-strategies", "performance-reports"],
  exit: ["due-diligence-package", "valuation"],
  value: ["closing-documents", "distribution-records"],
  coordinator: ["chairman-reports", "stage-status"],
};

const call = (agent: AgentName | null) => ({ actor: null, agent, runId: null, now: new Date("2026-11-23T12:00:00Z") });

/** Whether it was let in, and whether it then ran: the two must never differ. */
async function knock(agent: AgentName | null, touches: Pick<Tool, "reads" | "writes">) {
  let ran = false;
  const tool = defineTool({
    ...{ name: "cell.try", description: "", input: z.strictObject({}), output: z.unknown(), pure: false },
    ...{ effect: touches.writes.length > 0 ? ("propose" as const) : ("read" as const), ...touches },
    run: () => {
      ran = true;
      return { ok: true, value: { result: null } };
    },
  });
  const answer = await callTool(tool, {}, call(agent));
  expect(ran).toBe(answer.ok);
  return answer;
}

const cells = AGENTS.flatMap((agent) =>
  RESOURCES.flatMap((resource) => [
    { agent, verb: "reads", resource, allowed: resource === "pure" || READS[agent].includes(resource) },
    { agent, verb: "writes", resource, allowed: resource === "pure" || WRITES[agent].includes(resource) },
  ]),
);

describe("a cell of the matrix, at the door", () => {
  test.each(cells)("$agent $verb $resource: $allowed", async ({ agent, verb, resource, allowed }) => {
    const touches = verb === "reads" ? { reads: [resource], writes: [] } : { reads: [], writes: [resource] };
    const answer = await knock(agent, touches);
    if (allowed) return expect(answer).toMatchObject({ ok: true });
    expect(answer).toMatchObject({ ok: false, error: { code: OUTSIDE_ROW } });
    expect(JSON.stringify(answer)).toContain(resource);
  });

  test("one resource outside the row shuts the door, whatever else the tool touches", async () => {
    expect(await knock("growth", { reads: [PERFORMANCE, "deal-terms"], writes: ["growth-strategies"] })).toMatchObject({
      error: { message: "Outside the agent's row of the interaction matrix: deal-terms." },
    });
  });

  test("a person has no row: what they may is said by their role", async () => {
    expect(await knock(null, { reads: ["deal-terms"], writes: ["closing-documents"] })).toMatchObject({ ok: true });
  });

  test("each escalates to whom the specification says", () => {
    expect(AGENTS.map((agent) => [agent, MATRIX[agent].escalatesTo])).toEqual([
      ["growth", "coordinator"],
      ["exit", "coordinator"],
      ["value", "coordinator"],
      ["coordinator", "chairman"],
    ]);
  });
});

/** The tools over stored data that an agent is let in to; arithmetic is open to all. A new tool is one line here. */
const OPEN_TO_ALL = ["audit.verify", "governance.learnings"];
const LET_IN: Readonly<Record<AgentName, readonly string[]>> = {
  growth: [
    ...["venture.performance", "venture.levers", "venture.forecast", "venture.experiments"],
    ...["venture.readiness", "venture.optimization-plan", "growth.propose-initiative"],
  ],
  exit: [
    ...["venture.performance", "venture.forecast", "venture.experiments", "venture.valuation", "market.exit-window"],
    ...["venture.readiness", "venture.buyers", "venture.optimization-plan", "venture.exit-preparation"],
    ...["venture.data-room", "exit.propose-approval", "exit.propose-score"],
  ],
  value: [
    ...["cap-table.positions", "deals.list", "deals.compare-offers", "deals.propose-preferred", "deals.negotiation"],
    ...["deals.propose-counter", "distribution.price-for", "distribution.records", "documents.list"],
    ...["documents.draft-counter", "closing.status", "closing.propose-release"],
  ],
  coordinator: ["crew.outputs", "stage.standing", "stage.escalate"],
};

const tools = await allTools();

describe("the tools of the registry", () => {
  const stored = tools.filter(({ pure }) => !pure);

  test.each(AGENTS)("%s is let in to its own and no other", (agent) => {
    const inside = stored.filter((tool) => outsideRow(agent, tool).length === 0).map(({ name }) => name);
    expect(inside.toSorted()).toEqual([...LET_IN[agent], ...OPEN_TO_ALL].toSorted());
  });

  test.each(AGENTS)("every other one is refused to %s before its input is read", async (agent) => {
    const others = stored.filter(({ name }) => ![...LET_IN[agent], ...OPEN_TO_ALL].includes(name));
    expect(others.length).toBeGreaterThan(10);
    for (const tool of others) {
      const answer = await callTool(tool, "no input at all", call(agent));
      expect(answer, tool.name).toMatchObject({ ok: false, error: { code: OUTSIDE_ROW } });
    }
  });

  test("every tool over stored data says what it touches, and one that proposes says what it writes", () => {
    const silent = stored.filter(({ reads, writes }) => reads.length + writes.length === 0).map(({ name }) => name);
    expect(silent.toSorted()).toEqual(OPEN_TO_ALL);
    expect(tools.filter(({ effect, writes }) => effect === "propose" && writes.length === 0)).toEqual([]);
  });
});

describe("the crew", () => {
  test("is the four of the specification", () => {
    expect(crewNames().toSorted()).toEqual([...AGENTS].toSorted());
  });

  test.each(crewTasks())("$agent/$task writes within its row, with tools that it is let in to", async (each) => {
    const { agent, artefact, tools } = each;
    if (artefact) expect(WRITES[agent]).toContain(artefact.resource);
    for (const name of tools) expect([...LET_IN[agent], ...OPEN_TO_ALL]).toContain(name);
  });
});
