// Puts memos of the growth agent in front of the chairman, through the mutation that the agent's tool uses.
// A child of memos.ts: each message is one memo to open, the answer is its id; DATABASE_URL says where.
import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { makeVenture, proposalFor, reportRevenue } from "@/lib/decisions/test-support/memos";

type Wanted = { title: string; autonomy: "assisted" | "auto" };

let opened = 0;

async function open({ title, autonomy }: Wanted): Promise<string> {
  opened += 1;
  const slug = `decide-${clock.now().getTime()}-${opened}`;
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
  return outcome.value.memoId;
}

process.on("message", async (wanted: Wanted) => {
  const memoId = await open(wanted);
  process.send?.({ memoId });
});
process.on("disconnect", () => process.exit(0));
