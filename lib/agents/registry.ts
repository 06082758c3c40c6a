import type { Tool } from "./define-tool";

/** Every tool there is; the faces (agents, command line, MCP, panels) read this list and no other. */
export const TOOLS: readonly Tool[] = [];

export function findTool(name: string): Tool | null {
  return TOOLS.find((tool) => tool.name === name) ?? null;
}
