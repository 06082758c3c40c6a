import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Level, type LevelName } from "./level";

const EDGES: Readonly<Record<LevelName, string>> = {
  critical: "border-critical",
  warning: "border-warning",
  healthy: "border-healthy",
  excellent: "border-excellent",
  unknown: "border-edge",
};

/** Something about this page that the reader must know: what is missing, what is stale, what was changed. */
export function Notice({
  level = "unknown",
  word,
  children,
}: {
  level?: LevelName;
  word?: string;
  children: ReactNode;
}) {
  return (
    <div className={classNames("flex flex-wrap items-baseline gap-x-3 border-l-3 bg-wash px-3 py-2", EDGES[level])}>
      <strong className="font-medium">
        <Level level={level} word={word ?? (level === "unknown" ? "note" : undefined)} />
      </strong>
      <div className="min-w-0 flex-1 basis-60">{children}</div>
    </div>
  );
}
