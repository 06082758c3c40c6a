"use client";

import { useRouter } from "next/navigation";
import { useChange } from "@/components/settings/use-change";
import { ActionProblem } from "@/components/ui/action-problem";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useHydrated } from "@/components/ui/use-hydrated";
import { changePortfolioView, dropPortfolioView, startPortfolioWith } from "@/lib/reports/actions/portfolio";
import type { KeptView } from "@/lib/reports/queries/portfolio-views";
import { KeepViewDialog } from "./keep-view-dialog";

type KeepViewMenuProps = {
  path: string;
  /** What the screen shows now. */
  query: string;
  /** The kept view that it began as, and whether the screen shows something else by now. */
  view: (KeptView & { changed: boolean }) | null;
  /** Back to the kept view as it is. */
  resetHref: string | null;
};

/** What cannot be pressed before the page's script runs need not be sent before either; its place is kept. */
export function KeepViewMenu(props: KeepViewMenuProps) {
  return useHydrated() ? <Choices {...props} /> : <Button>Keep this view</Button>;
}

/** Keep what is shown under a name; change, share, drop what is kept; choose what the portfolio opens with. */
function Choices({ path, query, view, resetHref }: KeepViewMenuProps) {
  const router = useRouter();
  const { refusal, run, dialog } = useChange();
  const change = (given: { query?: string; shared?: boolean }, done: string) => {
    if (view) void run(() => changePortfolioView({ viewId: view.id, version: view.version, ...given }), done);
  };
  async function drop() {
    if (view && (await run(() => dropPortfolioView({ viewId: view.id }), "The view is dropped.")))
      router.push(`${path}?view=all`);
  }
  const start = (viewId: string | null, done: string) => void run(() => startPortfolioWith({ viewId }), done);
  return (
    <span className="flex flex-wrap items-center gap-2">
      <ActionProblem code={refusal} sentences={{}} />
      {resetHref ? <ButtonLink href={resetHref}>Reset</ButtonLink> : null}
      {view?.own && view.changed ? (
        <Button onClick={() => change({ query }, `“${view.name}” shows this from now on.`)}>Save “{view.name}”</Button>
      ) : null}
      {!view || view.changed ? <KeepViewDialog path={path} query={query} /> : null}
      {view ? (
        <Menu trigger={<Button variant="bare">This view</Button>}>
          {view.start ? (
            <MenuItem onSelect={() => start(null, "The portfolio opens with all ventures.")}>
              Open with all ventures
            </MenuItem>
          ) : (
            <MenuItem onSelect={() => start(view.id, `The portfolio opens with “${view.name}”.`)}>
              Open the portfolio with it
            </MenuItem>
          )}
          {view.own ? (
            <>
              <MenuItem
                onSelect={() =>
                  change({ shared: !view.shared }, view.shared ? "Only you see it now." : "The house sees it now.")
                }
              >
                {view.shared ? "Share it no longer" : "Share it with the house"}
              </MenuItem>
              <MenuItem onSelect={() => void drop()}>Drop it</MenuItem>
            </>
          ) : null}
        </Menu>
      ) : null}
      {dialog}
    </span>
  );
}
