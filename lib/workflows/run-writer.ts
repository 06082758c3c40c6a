import "server-only";
import { appendChunks } from "@/lib/agents/mutations/chunks";
import { loadRun } from "@/lib/agents/mutations/progress";
import { listStepChunks } from "@/lib/agents/queries/chunks";
import type { RunChunk } from "@/lib/agents/run-stream";
import { clock } from "@/lib/clock";
import { canonicalJson } from "@/lib/figures/rules";
import { crashPoint } from "./crash-points";
import { fencedTransaction } from "./fence";

const BATCH_MS = 50;
type WithoutStep<T> = T extends unknown ? Omit<T, "step"> : never;
export type StepChunk = WithoutStep<RunChunk>;

/**
 * Writes the chunks of one step. A step that is done again (after a crash, or when a provider failed half-way) says the
 * same as before or takes it back: equal chunks are skipped, at the first that differs a rewind goes before it. So a
 * reader at any place ends with the text of the last execution.
 */
export class StepWriter {
  private readonly runId: string;
  private readonly step: string;
  /** What readers hold of this step, with what still waits here. */
  private readonly said: RunChunk[];
  private position = 0;
  private lastSeq: number;
  private status: string;
  private waiting: RunChunk[] = [];
  private flushing: Promise<void> = Promise.resolve();
  private flushedAt = 0;

  private constructor(runId: string, step: string, said: RunChunk[], run: { lastSeq: number; status: string }) {
    this.runId = runId;
    this.step = step;
    this.said = said;
    this.lastSeq = run.lastSeq;
    this.status = run.status;
  }

  static async open(runId: string, step: string): Promise<StepWriter> {
    const run = await loadRun(runId);
    return new StepWriter(runId, step, await listStepChunks(runId, step), run);
  }

  /** How much text of this step readers hold already, in characters. */
  get known(): number {
    return this.said.reduce((sum, chunk) => sum + (chunk.type === "text" ? chunk.text.length : 0), 0);
  }

  /** As of the last write. */
  get stopping(): boolean {
    return this.status === "stopping";
  }

  /** What follows is the step from its beginning. */
  restart(): void {
    this.position = 0;
  }

  async write(chunk: StepChunk): Promise<void> {
    const next = { ...chunk, step: this.step } as RunChunk;
    const before = this.said[this.position];
    this.position += 1;
    if (before && canonicalJson(before) === canonicalJson(next)) return;
    if (before) this.rewind(this.position - 1);
    this.said.push(next);
    this.waiting.push(next);
    if (clock.now().getTime() - this.flushedAt >= BATCH_MS) await this.flush();
  }

  private rewind(keep: number): void {
    this.said.length = keep;
    this.waiting.push({ type: "rewind", step: this.step, keep });
  }

  async flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.store());
    await this.flushing;
  }

  private async store(): Promise<void> {
    const chunks = this.waiting;
    this.waiting = [];
    if (chunks.length === 0) return;
    const now = clock.now();
    await crashPoint(`run:${this.runId}`);
    const { lastSeq, status } = await fencedTransaction((tx) =>
      appendChunks(tx, this.runId, this.lastSeq, chunks, now),
    );
    await crashPoint(`run:${this.runId}`);
    this.lastSeq = lastSeq;
    this.status = status;
    this.flushedAt = now.getTime();
  }

  /** The step is over: what an earlier execution said beyond this is taken back. */
  async finish(): Promise<void> {
    if (this.position < this.said.length) this.rewind(this.position);
    await this.flush();
  }

  /** For a step that closes the run in a transaction of its own. */
  place(): { lastSeq: number; step: string } {
    return { lastSeq: this.lastSeq, step: this.step };
  }
}
