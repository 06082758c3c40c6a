import "server-only";
import { z } from "zod";
import { clock } from "@/lib/clock";
import type { Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { promotionFor } from "../../rules/autonomy/promotion";
import { recordOf } from "../../rules/autonomy/record";
import { recordFigures } from "../../rules/autonomy/record-figures";
import { ACTION_CLASSES } from "../../schema";
import { CREW } from "../../schema/words";
import { earnedCases } from "./cases";

const inputsSchema = z.object({
  agent: z.object({ value: z.enum(CREW) }),
  actionClass: z.object({ value: z.enum(ACTION_CLASSES) }),
});

/** The record as it is counted now; it grows with each answer, so it comes out otherwise than when it was quoted. */
export async function recomputeAgentRecordFigure(tx: Tx, { figure }: { figure: Figure }): Promise<Figure[] | null> {
  const inputs = inputsSchema.safeParse(figure.inputs);
  if (!inputs.success) return null;
  const about = { agent: inputs.data.agent.value, actionClass: inputs.data.actionClass.value };

  const now = clock.now();
  const { cases } = await earnedCases(tx, about, now);
  const record = recordOf(about.agent, about.actionClass, cases, now.getTime());
  const { limitUsd } = promotionFor(cases, "", now.getTime());
  return recordFigures(record, limitUsd, now.toISOString());
}
