// Puts one memo of the growth agent in front of the chairman, through the mutation that the agent's tool uses.
// `node --import ./scripts/resolve.mjs e2e/open-memo.ts <title> [auto]` prints the memo's id; DATABASE_URL says where.
import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db, disconnect } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { makeVenture, proposalFor, reportRevenue } from "@/lib/decisions/test-support/memos";
import { disconnectEngineClient } from "@/lib/workflows/transport";

const title = process.argv[2] ?? "Start a retention programme";
const slug = `decide-${clock.now().getTime()}`;
const autonomy = process.argv[3] === "auto" ? "auto" : "assisted";
const ventureId = await makeVenture(autonomy, "USD", slug);
// Without a known budget the policy would ask.
if (autonomy === "auto") await reportRevenue(ventureId, 500_000);
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
