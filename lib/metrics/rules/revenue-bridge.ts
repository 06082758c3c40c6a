import { z } from "zod";
import { ok } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { amount, contradicts, known, type Measure, ratio, unknown } from "./measure";

/** All amounts are at least 0; losses are given as what was lost. */
export type Bridge = {
  startMrr: Exact;
  new: Exact;
  expansion: Exact;
  contraction: Exact;
  churn: Exact;
  reactivation: Exact;
};

const zero = () => new Exact(0);

export const revenueBridgeInput = z.strictObject({
  startMrr: amount("the MRR at the start, at least 0"),
  new: amount("MRR of new customers, at least 0").optional(),
  expansion: amount("MRR gained from customers at the start, at least 0").optional(),
  contraction: amount("MRR lost from customers who stayed, at least 0").optional(),
  churn: amount("MRR of customers lost, at least 0").optional(),
  reactivation: amount("MRR of customers who came back, at least 0").optional(),
});

export function bridgeOf(input: z.output<typeof revenueBridgeInput>): Bridge {
  const { startMrr, expansion, contraction, churn, reactivation } = input;
  return {
    startMrr,
    new: input.new ?? zero(),
    expansion: expansion ?? zero(),
    contraction: contraction ?? zero(),
    churn: churn ?? zero(),
    reactivation: reactivation ?? zero(),
  };
}

/** Of one period: its customers cannot lose more than they had at its start. */
export function checkBridge(bridge: Bridge) {
  const { startMrr, churn, contraction } = bridge;
  if (churn.gt(startMrr)) return contradicts("churn", `at most startMrr (${startMrr})`);
  if (churn.plus(contraction).gt(startMrr)) {
    return contradicts("contraction", `together with churn at most startMrr (${startMrr})`);
  }
  return ok(bridge);
}

export const netNewMrr = (bridge: Bridge): Exact =>
  bridge.new.plus(bridge.expansion).plus(bridge.reactivation).minus(bridge.contraction).minus(bridge.churn);

export const endMrr = (bridge: Bridge): Exact => bridge.startMrr.plus(netNewMrr(bridge));

const losses = (bridge: Bridge): Exact => bridge.churn.plus(bridge.contraction);

// Over several months customers won since the start can be lost too; the movements then say nothing about the opening.
const ofOpening = (bridge: Bridge, numerator: Exact): Measure =>
  !bridge.startMrr.isZero() && losses(bridge).gt(bridge.startMrr)
    ? unknown("losses-exceed-opening")
    : ratio(numerator, bridge.startMrr);

/** (Start − churn − contraction) ÷ start; movement method, fraction in [0, 1]. */
export const movementGrossRetention = (bridge: Bridge): Measure =>
  ofOpening(bridge, bridge.startMrr.minus(losses(bridge)));

/** (Start + expansion − churn − contraction) ÷ start; movement method. Reactivations were not there at the start: out. */
export const movementNetRetention = (bridge: Bridge): Measure =>
  ofOpening(bridge, bridge.startMrr.plus(bridge.expansion).minus(losses(bridge)));

/** (Churn + contraction) ÷ start. */
export const grossChurnRate = (bridge: Bridge): Measure => ofOpening(bridge, losses(bridge));

/** (Churn + contraction − expansion) ÷ start; below 0 when expansion outgrows the losses. */
export const netChurnRate = (bridge: Bridge): Measure => ofOpening(bridge, losses(bridge).minus(bridge.expansion));

/** (New + expansion + reactivation) ÷ (churn + contraction). */
export const quickRatio = (bridge: Bridge): Measure =>
  ratio(bridge.new.plus(bridge.expansion).plus(bridge.reactivation), losses(bridge));

/** Net new MRR ÷ start. */
export const mrrGrowthRate = (bridge: Bridge): Measure => ratio(netNewMrr(bridge), bridge.startMrr);

export const revenueBridge = (bridge: Bridge) => ({
  endMrr: known(endMrr(bridge)),
  netNew: known(netNewMrr(bridge)),
  grossRevenueRetention: movementGrossRetention(bridge),
  netRevenueRetention: movementNetRetention(bridge),
  grossChurnRate: grossChurnRate(bridge),
  netChurnRate: netChurnRate(bridge),
  quickRatio: quickRatio(bridge),
  growthRate: mrrGrowthRate(bridge),
});

export const BRIDGE_CONVENTIONS = {
  bridge: "end = start + new + expansion + reactivation − contraction − churn",
  retention: "movement method: rates of the MRR at the start; one period's movements, netted per customer",
  reactivation:
    "in growth and the quick ratio, not in net revenue retention: those customers were not there at the start",
  quickRatio: "(new + expansion + reactivation) ÷ (churn + contraction)",
  absent: "a movement that is not given is 0",
};
