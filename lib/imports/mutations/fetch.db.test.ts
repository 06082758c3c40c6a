import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { encryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { type McpReceiver, startMcpReceiver } from "@/lib/workflows/test-support/mcp-receiver";
import { listServers } from "../queries/servers";
import { analyst, makeVenture, NOW } from "../test-support/venture";
import { applyPreviewed } from "./apply";
import { fetchFromServer } from "./fetch";
import { previewImport } from "./preview";

// The server of this test stands on this machine; a stranger's never may.
vi.hoisted(() => {
  process.env.OUTBOUND_PRIVATE = "1";
});
const TOKEN = "tracker-token";
const open: McpReceiver[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

async function connected(token = TOKEN) {
  const receiver = await startMcpReceiver(["ok"], TOKEN);
  open.push(receiver);
  const [ventureId, id] = [await makeVenture(), randomUUID()];
  const made = { createdBy: "user:admin", createdAt: NOW, updatedAt: NOW };
  const tools = ["list_candidates", "create_issue", "assign", "gone"];
  const about = { id, ventureId, name: "Deal database", url: receiver.url, kind: "mcp", tools };
  await db.outboundEndpoint.create({ data: { ...about, secret: encryptSecret("outbound", id, token), ...made } });
  const fetchTool = (tool: string) =>
    fetchFromServer(analyst(), { ventureId, kind: "buyers", serverId: id, tool }, new Date("2026-11-22T12:00:00Z"));
  return { receiver, ventureId, id, fetchTool };
}

test("buyers of another system come through its MCP server as an import, and nothing is sent there", async () => {
  const { receiver, ventureId, id, fetchTool } = await connected();
  expect(await listServers(analyst(), ventureId)).toMatchObject([{ id, name: "Deal database" }]);
  const fetched = await fetchTool("list_candidates");
  expect(receiver.calls).toMatchObject([{ tool: "list_candidates", given: {}, authorization: `Bearer ${TOKEN}` }]);
  const importId = fetched.ok ? fetched.value.importId : "";
  const row = await db.import.findUniqueOrThrow({ where: { id: importId }, include: { source: true } });
  expect([row.source.name, row.fileName]).toEqual(["Deal database", "list_candidates.csv"]);
  const looked = await previewImport(analyst(), importId, row.mapping as never, NOW);
  expect(looked).toMatchObject({ ok: true, value: { counts: { inserted: 1, rejected: 1 } } });
  await applyPreviewed(analyst(), importId, NOW);
  expect(await db.buyerCompany.findFirst({ where: { nameKey: "nordwerk ag" } })).toMatchObject({
    sectors: ["robots", "logistics"],
  });
});

test("a tool that acts, asks for something, is gone or was not allowed is not called; a refused token is said", async () => {
  const { receiver, fetchTool } = await connected();
  for (const tool of ["create_issue", "assign", "gone"])
    expect(await fetchTool(tool)).toMatchObject({ ok: false, refusal: "SERVER_FAILED" });
  await expect(fetchTool("post_note")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(receiver.calls).toEqual([]);
  const stranger = await connected("another");
  expect(await stranger.fetchTool("list_candidates")).toMatchObject({
    refusal: "SERVER_FAILED",
    problems: [{ expected: "The server did not accept the token" }],
  });
});
