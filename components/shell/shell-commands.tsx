"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { CommandPalette } from "./command-palette";
import { HelpDialog } from "./help-dialog";
import type { Place } from "./navigation";
import { useKeys } from "./use-keys";

type Commands = { openPalette: () => void; openHelp: () => void };

const CommandsContext = createContext<Commands>({ openPalette: () => undefined, openHelp: () => undefined });
export const useShellCommands = (): Commands => useContext(CommandsContext);

/** What is the same on every page: search, help, and the keys that lead from place to place. */
export function ShellCommands({ places, children }: { places: readonly Place[]; children: ReactNode }) {
  const router = useRouter();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const commands = useMemo(() => ({ openPalette: () => setPalette(true), openHelp: () => setHelp(true) }), []);
  useKeys({
    "mod+k": () => setPalette((open) => !open),
    "?": commands.openHelp,
    "/": commands.openPalette,
    ...Object.fromEntries(places.map((place) => [`g ${place.key}`, () => router.push(place.href)])),
  });
  return (
    <CommandsContext value={commands}>
      {children}
      {palette ? <CommandPalette places={places} open onOpenChange={setPalette} onHelp={commands.openHelp} /> : null}
      {help ? <HelpDialog places={places} open onOpenChange={setHelp} /> : null}
    </CommandsContext>
  );
}
