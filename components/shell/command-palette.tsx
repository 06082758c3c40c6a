"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { FLOAT_STYLE, OVERLAY_STYLE } from "@/components/ui/float-style";
import { KeyHint } from "@/components/ui/key-hint";
import { chooseTheme } from "./choose-theme";
import type { Place } from "./navigation";
import { searchVentures, type VentureName } from "./venture-search";

type PaletteProps = {
  places: readonly Place[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onHelp: () => void;
};

const ITEM = "target flex items-center justify-between gap-3 rounded-sm px-2 py-1 data-[selected=true]:bg-selected";
const GROUP =
  "[&_[cmdk-group-heading]]:rubric [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1";

async function loadVentures(): Promise<VentureName[]> {
  const response = await fetch("/portfolio/names");
  if (!response.ok) throw new Error("The ventures could not be read");
  return (await response.json()) as VentureName[];
}

/** Ventures, places and actions in one list, opened by ⌘K or /. */
export function CommandPalette({ places, open, onOpenChange, onHelp }: PaletteProps) {
  const [search, setSearch] = useState("");
  const router = useRouter();
  const ventures = useQuery({ queryKey: ["venture-names"], queryFn: loadVentures, enabled: open, staleTime: 60_000 });
  function change(next: boolean) {
    onOpenChange(next);
    if (!next) setSearch("");
  }
  const go = (href: string) => () => {
    change(false);
    router.push(href);
  };
  const act = (action: () => void) => () => {
    change(false);
    action();
  };
  const wanted = search.trim().toLowerCase();
  const shown = (label: string) => label.toLowerCase().includes(wanted);
  const actions = [
    { label: "Show all keys", keys: "?", run: act(onHelp) },
    { label: "Print this page", keys: "⌘P", run: act(() => window.print()) },
    { label: "Light theme", run: act(() => chooseTheme("light")) },
    { label: "Dark theme", run: act(() => chooseTheme("dark")) },
    { label: "Theme of the system", run: act(() => chooseTheme("system")) },
  ].filter((action) => shown(action.label));
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY_STYLE} />
        <Radix.Content
          aria-describedby={undefined}
          className={classNames(FLOAT_STYLE, "fixed inset-x-3 top-[10vh] mx-auto max-w-xl overflow-hidden")}
        >
          <Radix.Title className="sr-only">Search, go, do</Radix.Title>
          <Command label="Search, go, do" shouldFilter={false} loop>
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder="A venture, a place, an action"
              className="w-full border-b border-line bg-transparent px-4 py-3 text-lg placeholder:text-muted focus-visible:outline-offset-[-2px]"
            />
            <Command.List className="max-h-[52vh] overflow-y-auto p-2">
              <Command.Empty className="px-2 py-6 text-muted">Nothing is called that.</Command.Empty>
              <PaletteGroup name="Ventures">
                {searchVentures(ventures.data ?? [], search).map((venture) => (
                  <Command.Item
                    key={venture.slug}
                    value={`venture ${venture.slug}`}
                    onSelect={go(`/ventures/${venture.slug}`)}
                    className={ITEM}
                  >
                    {venture.name}
                    <span className="text-sm text-muted">{venture.sector}</span>
                  </Command.Item>
                ))}
                {ventures.isError ? (
                  <p className="px-2 text-sm text-muted">The ventures could not be read; places still work.</p>
                ) : null}
              </PaletteGroup>
              <PaletteGroup name="Go to">
                {places
                  .filter((place) => shown(place.label))
                  .map((place) => (
                    <Command.Item
                      key={place.href}
                      value={`place ${place.href}`}
                      onSelect={go(place.href)}
                      className={ITEM}
                    >
                      {place.label}
                      <KeyHint keys={`g ${place.key}`} />
                    </Command.Item>
                  ))}
              </PaletteGroup>
              <PaletteGroup name="Do">
                {actions.map((action) => (
                  <Command.Item
                    key={action.label}
                    value={`action ${action.label}`}
                    onSelect={action.run}
                    className={ITEM}
                  >
                    {action.label}
                    {action.keys ? <KeyHint keys={action.keys} /> : null}
                  </Command.Item>
                ))}
              </PaletteGroup>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteGroup({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Command.Group heading={name} className={GROUP}>
      {children}
    </Command.Group>
  );
}
