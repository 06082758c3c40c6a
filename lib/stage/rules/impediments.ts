import type { Permission } from "@/lib/auth/permissions";
import type { ImpedimentKind } from "../schema/impediments";

/** One step of a remediation plan, and the days that it may take. */
export type PlanStep = { title: string; days: number };

const BLOCKED: readonly PlanStep[] = [
  { title: "Obtain the decision in writing and counsel's reading of its grounds", days: 5 },
  { title: "Ask the regulator for the timetable of an appeal or a new filing", days: 10 },
  { title: "Work out remedies with the buyer: what is sold, licensed or promised", days: 30 },
  { title: "Agree with the buyer on the long-stop date and who bears the cost", days: 14 },
  { title: "Prepare the next bidder in order, should it not be lifted", days: 30 },
];
const CONDITIONS: readonly PlanStep[] = [
  { title: "Obtain the conditions in writing and counsel's reading of them", days: 5 },
  { title: "Decide with the buyer who fulfils each condition, and until when", days: 14 },
  { title: "Compute what the conditions take off the price, and agree on it", days: 21 },
  { title: "Fulfil the conditions and file the proof with the regulator", days: 60 },
];
const DISPUTE: readonly PlanStep[] = [
  { title: "Have counsel read the earn-out clause and its dispute procedure", days: 7 },
  { title: "Ask the buyer for the accounts that the milestone is measured by", days: 14 },
  { title: "Meet the buyer to settle it", days: 30 },
  { title: "Refer it to the expert whom the agreement names", days: 45 },
];
const EMERGENCY: readonly PlanStep[] = [
  { title: "Have counsel secure the evidence and say what must be disclosed, to whom and by when", days: 2 },
  { title: "Stop what leaves the venture: payments, letters, access to the data room", days: 1 },
  { title: "Appoint an independent investigation", days: 7 },
  { title: "Report to the board what is known, and decide what bidders are told", days: 7 },
];

/** What is done about it, in order; words of the house, for counsel to complete. */
export function remediationPlan(kind: ImpedimentKind, nature: string): readonly PlanStep[] {
  if (kind === "earn-out-dispute") return DISPUTE;
  if (kind === "fundamental-issue") return EMERGENCY;
  return nature === "conditions" ? CONDITIONS : BLOCKED;
}

/**
 * Who may say that it is over. That a regulator has cleared a deal is a fact like another; a tranche that flows again and
 * an emergency that ends are the chairman's word.
 */
export const LIFT_PERMISSION: Readonly<Record<ImpedimentKind, Permission>> = {
  "regulatory-block": "deal:edit",
  "earn-out-dispute": "payment:release",
  "fundamental-issue": "venture:configure",
};
