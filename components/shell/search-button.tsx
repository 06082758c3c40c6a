"use client";

import { KeyHint } from "@/components/ui/key-hint";
import { useShellCommands } from "./shell-commands";

export function SearchButton() {
  const { openPalette } = useShellCommands();
  return (
    <button
      type="button"
      onClick={openPalette}
      className="target inline-flex items-center gap-2 rounded-md border border-edge bg-raised px-2.5 text-sm text-muted hover:text-ink"
    >
      <span className="hidden lg:inline">Search, go, do</span>
      <span className="lg:hidden">Search</span>
      <span className="hidden md:inline">
        <KeyHint keys="⌘K" />
      </span>
    </button>
  );
}
