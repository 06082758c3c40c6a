import type { AgentSpec, TaskSpec } from "@/lib/agents/agent";
import type { Escalated } from "@/lib/agents/coordinator-tools";
import type { Tool } from "@/lib/agents/define-tool";
import { NOTHING_SPENT, type Spent } from "@/lib/agents/limits";
import type { Returned } from "@/lib/agents/queries/figure-standing";
import type { Actor } from "@/lib/auth/actor";

/** What a run has gathered so far. Built only from what steps have recorded, so a run that is taken up again has the same. */
export type RunScene = {
  readonly runId: string;
  readonly ventureId: string;
  readonly spec: AgentSpec;
  readonly task: TaskSpec;
  readonly taskName: string;
  readonly actor: Actor;
  readonly tools: readonly Tool[];
  readonly returned: Map<string, Returned>;
  readonly names: Set<string>;
  readonly untrusted: Set<string>;
  /** What the Coordinator has brought before the chairman, by matter. */
  readonly escalated: Map<string, Escalated>;
  spent: Spent;
  /** Who writes. */
  label: string;
  fallback: string | null;
  turn: number;
  /** The text of the latest turn. */
  text: string;
  /** What ended the run from inside: the agent's loop would take it for the failure of one tool and go on. */
  broken: unknown;
  guard: <T>(work: () => Promise<T>) => Promise<T>;
  rethrow: () => void;
};

export type NewScene = Pick<
  RunScene,
  "runId" | "ventureId" | "spec" | "task" | "taskName" | "actor" | "tools" | "label"
>;

export function newScene(known: NewScene): RunScene {
  const rethrow = () => {
    if (scene.broken) throw scene.broken;
  };
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    rethrow();
    try {
      return await work();
    } catch (error) {
      scene.broken ??= error;
      throw error;
    }
  };
  const scene: RunScene = {
    ...known,
    returned: new Map(),
    names: new Set(),
    untrusted: new Set(),
    escalated: new Map(),
    spent: NOTHING_SPENT,
    fallback: null,
    turn: 0,
    text: "",
    broken: null,
    guard,
    rethrow,
  };
  return scene;
}
