"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { rememberChoice } from "./remember-choice";
import { ZONE_COOKIE } from "./zone";

/** Tells the server on which clock the reader lives; dates are rendered there. */
export function RememberZone({ known }: { known: string }) {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known) return;
    rememberChoice(ZONE_COOKIE, zone);
    // Without a connection a refresh would end at the browser's own error page.
    if (navigator.onLine) router.refresh();
  }, [known, router]);
  return null;
}
