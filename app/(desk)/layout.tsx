import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { BottomBar } from "@/components/shell/bottom-bar";
import { MainNav } from "@/components/shell/main-nav";
import { homeOf, placesFor } from "@/components/shell/navigation";
import { OfflineBar } from "@/components/shell/offline-bar";
import { PauseBar } from "@/components/shell/pause-bar";
import { readerZone } from "@/components/shell/reader";
import { RememberZone } from "@/components/shell/remember-zone";
import { SearchButton } from "@/components/shell/search-button";
import { ShellCommands } from "@/components/shell/shell-commands";
import { THEME_COOKIE, themeOf } from "@/components/shell/theme";
import { WaitingCount } from "@/components/shell/waiting-count";
import { AppLink } from "@/components/ui/app-link";
import { requireActor } from "@/lib/auth/session";

/** Everything behind the sign-in has this frame. Pages and queries ask for the actor again: a layout protects nothing. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const zone = await readerZone();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const places = placesFor(actor.role);
  const waiting = <WaitingCount actor={actor} />;
  return (
    <ShellCommands places={places}>
      <a
        href="#main"
        className="sr-only rounded-md bg-raised px-4 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the page
      </a>
      <header data-print="none" className="border-b border-line">
        <div className="mx-auto flex max-w-7xl items-center justify-between gap-6 px-4 py-1.5 lg:px-8">
          <div className="flex items-center gap-8">
            <AppLink href={homeOf(actor.role)} className="headline target inline-flex items-center text-lg">
              Chairman
            </AppLink>
            <MainNav places={places} waiting={waiting} />
          </div>
          <div className="flex items-center gap-2">
            <SearchButton />
            <AccountMenu name={actor.name} role={actor.role} theme={theme} />
          </div>
        </div>
      </header>
      <OfflineBar />
      <PauseBar actor={actor} />
      <RememberZone known={zone} />
      <main id="main" tabIndex={-1} className="mx-auto max-w-7xl px-4 pt-6 pb-24 outline-none md:pb-12 lg:px-8">
        {children}
      </main>
      <BottomBar places={places} waiting={waiting} />
    </ShellCommands>
  );
}
