// Puts one memo of the growth agent in front of the chairman, through the mutation that the agent's tool uses.
// `node --import ./scripts/resolve.mjs e2e/open-memo.ts <title>` prints the memo's id; DATABASE_URL says where.
import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db, disconnect } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { makeVenture, proposalFor } from "@/lib/decisions/test-support/memos";
import { disconnectEngineClient } from "@/lib/workflows/transport";

const title = process.argv[2] ?? "Start a retention programme";
const slug = `decide-${clock.now().getTime()}`;
const ventureId = await makeVenture("assisted", "USD", slug);
await db.venture.update({ where: { id: ventureId }, data: { name: "Decision Test" } });
const agent = mintActor({
  ...{ id: "growth", ref: "agent:growth", name: "Growth Management Specialist", role: "analyst" },
  ...{ ventures: "all", sessionId: null, steppedUpAt: null },
});
const outcome = await recordProposal(agent, await proposalFor(ventureId, { title, dedupeKey: slug }), clock.now());
if (!outcome.ok) throw new Error(outcome.refusal);
process.stdout.write(`${outcome.value.memoId}\n`);
await disconnectEngineClient();
await disconnect();
