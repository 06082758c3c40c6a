"use client";

import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLine } from "@/components/ui/menu";
import { chooseTheme } from "./choose-theme";
import { useShellCommands } from "./shell-commands";
import { THEMES, type Theme, themeOf } from "./theme";

const THEME_LABELS: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

export function AccountMenu({ name, role, theme: stored }: { name: string; role: string; theme: Theme }) {
  const router = useRouter();
  const { openHelp } = useShellCommands();
  const [theme, setTheme] = useState(stored);
  function choose(value: string) {
    const next = themeOf(value);
    setTheme(next);
    chooseTheme(next);
  }
  return (
    <Menu
      trigger={
        <Button variant="bare" aria-label={`${name}, ${role}: account`} className="max-w-32 sm:max-w-48">
          <span className="truncate">{name}</span>
        </Button>
      }
    >
      <p className="px-2 py-1 text-sm text-muted">
        Signed in as {name}, {role}
      </p>
      <MenuLine />
      <MenuChoices label="Theme" value={theme} onValueChange={choose}>
        {THEMES.map((value) => (
          <MenuChoice key={value} value={value}>
            {THEME_LABELS[value]}
          </MenuChoice>
        ))}
      </MenuChoices>
      <MenuLine />
      <MenuItem onSelect={() => router.push("/settings")}>Settings</MenuItem>
      <MenuItem onSelect={openHelp}>Keys</MenuItem>
      <MenuItem onSelect={() => signOut({ callbackUrl: "/sign-in" })}>Sign out</MenuItem>
    </Menu>
  );
}
