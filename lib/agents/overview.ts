import { kindWords } from "@/lib/reports/schema";
import { usableTools } from "./agent";
import { agentOf } from "./crew";
import { MATRIX } from "./matrix";
import { allTools } from "./registry";
import { AGENTS, type AgentName } from "./schema";

/** One agent as a person reads it: what it is told, what it may use, what it may touch, what comes of it. */
export type CrewMember = {
  agent: AgentName;
  title: string;
  instructions: string;
  tools: { name: string; description: string; proposes: boolean }[];
  reads: readonly string[];
  writes: readonly string[];
  escalatesTo: string;
  reports: string[];
};

/** The crew as it is, from what the runs themselves are made of. */
export async function crewOverview(): Promise<CrewMember[]> {
  const tools = await allTools();
  return AGENTS.map((agent) => {
    const spec = agentOf(agent);
    const { reads, writes, escalatesTo } = MATRIX[agent];
    return {
      ...{ agent, title: spec.title, instructions: spec.instructions, reads, writes },
      escalatesTo: escalatesTo === "chairman" ? "the chairman" : `the ${agentOf(escalatesTo).title}`,
      tools: usableTools(spec, tools).map(({ name, description, effect }) => {
        return { name, description, proposes: effect === "propose" };
      }),
      reports: Object.values(spec.tasks).flatMap(({ artefact }) => (artefact ? [kindWords(artefact.kind)] : [])),
    };
  });
}
