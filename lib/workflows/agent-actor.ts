import "server-only";
import { agentOf } from "@/lib/agents/crew";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { POLICY_ACTOR } from "@/lib/decisions/rules/policy";

const named = (agent: string, name: string, ventureId: string): Actor =>
  mintActor({
    id: `agent:${agent}`,
    ref: `agent:${agent}`,
    name,
    role: "analyst",
    ventures: [ventureId],
    sessionId: null,
    steppedUpAt: null,
  });

/** An agent of the crew as the one who acts: on the venture of its work and on no other. */
export const agentActor = (agent: string, ventureId: string): Actor => named(agent, agentOf(agent).title, ventureId);

/** To whom the specialists escalate, and who writes to the chairman. */
export const coordinatorActor = (ventureId: string): Actor =>
  named("coordinator", "Active Venture Coordinator", ventureId);

/** The policy as the one who asks the chairman what an agent has earned; no agent speaks through it. */
export const policyActor = (ventureId: string): Actor =>
  mintActor({
    ...{ id: POLICY_ACTOR, ref: POLICY_ACTOR, name: "The policy", role: "analyst", ventures: [ventureId] },
    ...{ sessionId: null, steppedUpAt: null },
  });

/** The watch as the one who computes again what rests on facts that changed; it decides nothing. */
export const watchActor = (ventureId: string): Actor =>
  mintActor({
    ...{ id: "system:watch", ref: "system:watch", name: "The watch", role: "analyst", ventures: [ventureId] },
    ...{ sessionId: null, steppedUpAt: null },
  });
