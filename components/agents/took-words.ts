import { formatMoney, formatNumber } from "@/lib/format";

const MICROS = 1_000_000;

/** Millionths of a US dollar; small amounts keep the digits that tell them from nothing. */
export function costText(micros: string | number): string {
  const dollars = Number(micros) / MICROS;
  return dollars === 0 ? "none" : formatMoney(dollars, "USD", { decimals: dollars < 1 ? 4 : 2 });
}

/** "0.3 s", "2 min 5 s" */
export function secondsText(seconds: number | null): string {
  if (seconds === null) return "unknown";
  if (seconds < 60) return `${formatNumber(seconds, { decimals: 1 })} s`;
  return `${formatNumber(Math.floor(seconds / 60))} min ${formatNumber(Math.round(seconds % 60))} s`;
}

export const TASKS: Readonly<Record<string, string>> = {
  analyse: "Growth lever analysis",
  prepare: "Exit readiness report",
  review: "Deal review",
  coordinate: "Stage status report",
  follow: "After a move of the deal",
  ask: "A question",
  answer: "A question on a memo",
};
export const taskWords = (task: string): string => TASKS[task] ?? task;

const STATUS: Readonly<Record<string, string>> = {
  ...{ queued: "waiting for a worker", running: "at work", stopping: "stopping" },
  ...{ succeeded: "done", failed: "failed", stopped: "stopped" },
};
export const statusWords = (status: string): string => STATUS[status] ?? status;
