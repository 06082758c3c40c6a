// Puts memos of the growth agent in front of the chairman, through the mutation that the agent's tool uses.
// A child of memos.ts: each message is one memo to open, the answer is its id; DATABASE_URL says where.
import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { liftDemotion } from "@/lib/decisions/mutations/autonomy/rows";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { makeVenture, proposalFor, reportRevenue } from "@/lib/decisions/test-support/memos";

type Wanted = { title: string; autonomy: "assisted" | "auto" };

let opened = 0;

/** In the demo the agent lost the right, and each journey that reverses takes it away anew. */
async function trustAgain(): Promise<void> {
  const about = { agent: "growth", actionClass: "growth.start-initiative" } as const;
  const lost = await db.demotion.findFirst({ where: { ...about, liftedAt: null } });
  if (!lost) return;
  const { id, name } = await db.user.findFirstOrThrow({ where: { role: "chairman" } });
  const chairman = mintActor({
    ...{ id, ref: `user:${id}`, name, role: "chairman" },
    ...{ ventures: "all", sessionId: null, steppedUpAt: null },
  });
  const outcome = await liftDemotion(chairman, { demotionId: lost.id, reason: "It may try again" }, clock.now());
  if (!outcome.ok) throw new Error(outcome.refusal);
}

async function open({ title, autonomy }: Wanted): Promise<string> {
  opened += 1;
  const slug = `decide-${clock.now().getTime()}-${opened}`;
  const ventureId = await makeVenture(autonomy, "USD", slug);
  // Without a known budget the policy would ask.
  if (autonomy === "auto") {
    await reportRevenue(ventureId, 500_000);
    await trustAgain();
  }
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
