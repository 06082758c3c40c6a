import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { changeRisk, openRisk } from "@/lib/stage/mutations/risks";
import type { RiskStatus } from "@/lib/stage/schema/risks";

type Demo = {
  /** Null: of the holding. */
  slug: string | null;
  title: string;
  detail: string;
  likelihood: number;
  impact: number;
  mitigation: string;
  /** Days from today. */
  due: number;
  owner: "analyst" | "chairman" | null;
  status: RiskStatus;
};

const RISKS: readonly Demo[] = [
  {
    ...{ slug: "halcyon", title: "Halcyon runs out of cash before the turnaround shows", likelihood: 4, impact: 5 },
    detail: "The runway is short and growth has not turned.",
    mitigation: "Costs are cut by the plan of October; a bridge is agreed with the bank in principle.",
    ...{ due: 21, owner: "chairman", status: "mitigating" },
  },
  {
    ...{ slug: "meridian-robotics", title: "A buyer finds the export licence unrenewed", likelihood: 3, impact: 4 },
    detail: "It ends within the year and every strategic buyer will ask.",
    mitigation: "Counsel files the renewal; the filing goes into the data room.",
    ...{ due: 45, owner: "analyst", status: "mitigating" },
  },
  {
    ...{ slug: "lumen-health", title: "The largest customer does not renew", likelihood: 3, impact: 3 },
    ...{ detail: "", mitigation: "", due: -5, owner: "analyst", status: "open" },
  },
  {
    ...{ slug: null, title: "A strong dollar makes offers in euro look small", likelihood: 3, impact: 2 },
    ...{
      detail: "",
      mitigation: "Offers are compared at the rate of their day.",
      due: 90,
      owner: null,
      status: "accepted",
    },
  },
];

/** A few risks with owner, mitigation and due day. Safe to repeat: one that is on the list is left alone. */
export async function seedRisks({ analyst, chairman }: { analyst: Actor; chairman: Actor }): Promise<void> {
  const now = clock.now();
  const owners = { analyst: analyst.id, chairman: chairman.id };
  for (const { slug, status, due, owner, ...said } of RISKS) {
    const venture = slug ? await db.venture.findUnique({ where: { slug } }) : null;
    if ((slug && !venture) || (await db.risk.count({ where: { title: said.title } })) > 0) continue;
    const dueOn = new Date(now.getTime() + due * 86_400_000).toISOString().slice(0, 10);
    const risk = { ...said, dueOn, ownerId: owner && owners[owner] };
    const opened = await openRisk(analyst, { ...risk, ventureId: venture?.id ?? null, alertId: null }, now);
    if (!opened.ok) throw new Error(`A risk of the demo was refused: ${opened.refusal}`);
    if (status !== "open") await changeRisk(analyst, { ...risk, riskId: opened.value.riskId, version: 1, status }, now);
  }
}
