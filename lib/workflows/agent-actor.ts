import "server-only";
import { agentOf } from "@/lib/agents/crew";
import { type Actor, mintActor } from "@/lib/auth/actor";

/** An agent of the crew as the one who acts: on the venture of its work and on no other. */
export const agentActor = (agent: string, ventureId: string): Actor =>
  mintActor({
    id: `agent:${agent}`,
    ref: `agent:${agent}`,
    name: agentOf(agent).title,
    role: "analyst",
    ventures: [ventureId],
    sessionId: null,
    steppedUpAt: null,
  });
