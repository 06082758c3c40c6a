import { z } from "zod";
import { figureSchema } from "@/lib/figures/schema";

/** The crew of spec/stage-40, section 3. */
export const AGENTS = ["growth", "exit", "value", "coordinator"] as const;
export type AgentName = (typeof AGENTS)[number];

/** What the interaction matrix speaks about. */
export const RESOURCES = [
  "venture-performance",
  "market-data",
  "market-conditions",
  "buyer-intelligence",
  "deal-terms",
  "transaction-status",
  "cap-table",
  "agent-outputs",
  "growth-strategies",
  "performance-reports",
  "due-diligence-package",
  "valuation",
  "closing-documents",
  "distribution-records",
  "chairman-reports",
  "stage-status",
  "pure",
] as const;
export type Resource = (typeof RESOURCES)[number];

/** The answer of every tool, on every face. */
export const toolAnswerSchema = z.object({
  ok: z.literal(true),
  result: z.unknown(),
  figures: z.array(figureSchema),
  conventions: z.record(z.string(), z.string()),
  warnings: z.array(z.string()),
});
export type ToolAnswer<T = unknown> = Omit<z.infer<typeof toolAnswerSchema>, "result"> & { result: T };

export type ToolFailure = { ok: false; error: { code: string; message: string; path: string } };
