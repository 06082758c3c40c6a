import "server-only";
import { agentOf } from "@/lib/agents/crew";
import { type Actor, mintActor } from "@/lib/auth/actor";

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
