import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { encryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import type { StartInitiative } from "@/lib/decisions/schema";
import { makeVenture, openMemo, person, proposalFor, reportRevenue } from "@/lib/decisions/test-support/memos";
import { addEndpoint } from "@/lib/growth/mutations/initiatives/endpoints";
import { sendAgain } from "@/lib/growth/mutations/initiatives/outbound";
import { listEndpoints, listOutboundTargets } from "@/lib/growth/queries/initiatives/endpoints";
import { type McpReceiver, startMcpReceiver, type ToolBehaviour } from "./test-support/mcp-receiver";
import { kill, killAll, startWorker, until } from "./test-support/workers";
import { disconnectEngineClient, engineClient } from "./transport";

/**
 * An approved memo names tools of another system's MCP server; real worker processes call them at a server on this machine
 * that fails, hangs and drops the line, and are killed between the call and its record.
 */
const grace = person("chairman", "grace");
const TOKEN = "tracker-token";
const open: McpReceiver[] = [];

beforeAll(async () => {
  await engineClient();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});
afterAll(disconnectEngineClient);

type Scene = { tool?: string; allowed?: string[]; token?: string };

/** A memo whose approval has one tool called. */
async function scene(behaviours: ToolBehaviour[], { tool = "create_issue", allowed, token = TOKEN }: Scene = {}) {
  const receiver = await startMcpReceiver(behaviours, TOKEN);
  open.push(receiver);
  const ventureId = await makeVenture("auto");
  await reportRevenue(ventureId, 500_000);
  const id = randomUUID();
  const made = { createdBy: "user:admin", createdAt: new Date(), updatedAt: new Date() };
  const secret = encryptSecret("outbound", id, token);
  const about = { id, ventureId, name: "Tracker", url: receiver.url, kind: "mcp", tools: allowed ?? [tool] };
  await db.outboundEndpoint.create({ data: { ...about, secret, ...made } });
  const proposal = await proposalFor(ventureId);
  const action = proposal.content.options[0]?.action as StartInitiative;
  action.outbound = [{ endpointId: id, name: "Tracker", url: receiver.url, tool }];
  const memoId = await openMemo(ventureId, { content: proposal.content }, new Date());
  const approve = () => recordVerdict(grace, { verdict: "approved", memoId, version: 1, note: "" }, new Date());
  return { receiver, ventureId, memoId, action, approve };
}

async function messageOf(memoId: string) {
  const initiative = await db.initiative.findUnique({ where: { memoId } });
  return initiative && db.outboxMessage.findFirst({ where: { subject: `initiative:${initiative.id}` } });
}
const ended = async (memoId: string) => {
  const message = await messageOf(memoId);
  return message && (message.deliveredAt ?? message.abandonedAt) ? message : null;
};

test("a call outside asks the chairman; approved, the tool is called once with what it declares", {
  timeout: 60_000,
}, async () => {
  const { receiver, memoId, action, approve, ventureId } = await scene(["ok"]);
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } });
  expect(memo.proposal.policy).toMatchObject({ outcome: "ask", rule: "sent-outside" });
  onTestFinished(killAll);
  await startWorker({ executor: "calm" });
  await approve();
  const message = await until("it ended", () => ended(memoId));
  expect(message).toMatchObject({ channel: "mcp", attempts: 1, lastError: null, abandonedAt: null });
  const [call, ...more] = receiver.calls;
  expect(more).toEqual([]);
  expect(call).toMatchObject({ tool: "create_issue", key: message.key, authorization: `Bearer ${TOKEN}` });
  expect(Object.keys(call?.given ?? {}).sort()).toEqual(["description", "idempotencyKey", "title"]);
  expect(call?.given).toMatchObject({ title: action.title, idempotencyKey: message.key });
  expect(JSON.stringify(await db.outboxMessage.findMany({ where: { id: message.id } }))).not.toContain(TOKEN);
  expect(await db.event.count({ where: { chain: ventureId, type: "outbound.delivered" } })).toBe(1);
});

describe("a server that fails", { timeout: 60_000 }, () => {
  // One process for them all.
  beforeAll(async () => void (await startWorker({ executor: "patient" })));
  afterAll(killAll);

  test.each<[string, ToolBehaviour[], number]>([
    ["answers with an error", ["error", "ok"], 2],
    ["acts and says nothing", ["hang", "ok"], 2],
    ["acts and drops the line", ["reset", "ok"], 2],
  ])("that %s is asked again where the tool knows the key, and acts once", async (_case, behaviours, calls) => {
    const { receiver, memoId, approve } = await scene(behaviours);
    await approve();
    expect((await until("it ended", () => ended(memoId))).deliveredAt).not.toBeNull();
    expect(receiver.calls).toHaveLength(calls);
    expect(new Set(receiver.calls.map(({ key }) => key)).size).toBe(1);
    expect(receiver.acted()).toBe(1);
  });

  test("is not asked again where the tool knows no key and may have acted; a person can, once they have looked", async () => {
    const { receiver, memoId, approve, ventureId } = await scene(["hang"], { tool: "post_note" });
    await approve();
    const message = await until("it ended", () => ended(memoId));
    expect(message).toMatchObject({ deliveredAt: null, attempts: 1 });
    expect(message.lastError).toMatch(/whether the tool acted is not known/);
    expect(receiver.calls).toHaveLength(1);
    expect(await db.alert.count({ where: { ventureId, kind: "delivery-failed", clearedAt: null } })).toBe(1);
    receiver.behave("ok");
    expect(await sendAgain(person("analyst"), message.id, new Date())).toMatchObject({ ok: true });
    await until("it was delivered", async () => (await messageOf(memoId))?.deliveredAt);
    expect(receiver.calls.map(({ key }) => key)).toEqual([message.key, message.key]);
  });

  test.each<[string, Scene, RegExp]>([
    ["has no such tool", { tool: "delete_all" }, /has no tool “delete_all”/],
    ["asks for what the memo does not hold", { tool: "assign" }, /asks for “person”/],
    [
      "is asked for a tool that is no longer allowed",
      { tool: "create_issue", allowed: ["post_note"] },
      /closed or changed/,
    ],
  ])("that %s is given up at once, without a call", async (_case, how, problem) => {
    const { receiver, memoId, approve } = await scene(["ok"], how);
    await approve();
    const message = await until("it ended", () => ended(memoId));
    expect(message.deliveredAt).toBeNull();
    expect(message.lastError).toMatch(problem);
    expect(receiver.calls).toEqual([]);
  });

  test("that does not take the token is tried again, and the reason kept", async () => {
    const { receiver, memoId, approve } = await scene(["ok"], { token: "stale" });
    await approve();
    expect(await until("it ended", () => ended(memoId))).toMatchObject({
      ...{ deliveredAt: null, lastError: "The server did not accept the token" },
    });
    expect(receiver.calls).toEqual([]);
  });
});

describe("killed", { timeout: 120_000 }, () => {
  afterEach(killAll);

  test.each([
    ["create_issue", 2],
    ["post_note", 1],
  ])("between the call of %s and its record, the tool acts once", async (tool, calls) => {
    const { receiver, memoId, approve } = await scene(["hang", "ok"], { tool });
    const doomed = await startWorker({ executor: "caller" });
    await approve();
    await until("the tool was called", async () => receiver.calls.length > 0);
    await kill(doomed);
    await startWorker({ executor: "caller" });
    const message = await until("it ended", () => ended(memoId));
    expect(receiver.calls).toHaveLength(calls);
    expect(receiver.acted()).toBe(1);
    expect(message.deliveredAt === null).toBe(tool === "post_note");
  });
});

test("an admin connects a server with its token and tools; nobody reads the token again, and memos name each tool", async () => {
  const admin = person("admin", "root");
  const ventureId = await makeVenture("auto");
  const server = { kind: "mcp" as const, ventureId, name: "Tracker", url: "https://tracker.example.org/mcp" };
  const input = { ...server, token: TOKEN, tools: ["create_issue", "create_issue", "post_note"] };
  expect(await addEndpoint(admin, input, new Date())).toMatchObject({ ok: true, value: { secret: null } });
  const targets = await listOutboundTargets(ventureId);
  expect(targets.filter(({ url }) => url === input.url).map(({ tool }) => tool)).toEqual(["create_issue", "post_note"]);
  expect(JSON.stringify(await listEndpoints(admin))).not.toContain(TOKEN);
  await db.outboundEndpoint.updateMany({ where: { ventureId }, data: { disabledAt: new Date() } });
});
