import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import type { Actor } from "@/lib/auth/actor";
import { frameOnce } from "./frame";

/** Said on every page while all agents are paused: what does not move does not move because of it. */
export async function PauseBar({ actor }: { actor: Actor }) {
  const { pause } = await frameOnce(actor);
  if (!pause) return null;
  return (
    <aside aria-label="Pause of all agents" data-print="none" className="border-b border-line bg-wash">
      <p className="mx-auto flex max-w-7xl flex-wrap gap-x-3 px-4 py-1 text-sm lg:px-8">
        <Level level="warning" word="All agents are paused" />
        <span className="text-muted">
          by {pause.by}: “{pause.reason}”
        </span>
        <TextLink href="/settings/policy">Policy</TextLink>
      </p>
    </aside>
  );
}
