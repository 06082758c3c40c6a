import type { Random } from "./random";
import type { CustomerScript } from "./script";

const FIRST =
  "Adler Birken Cedar Delta Eiger Falken Garda Hansa Iris Jura Kepler Linden Morava Nord Orion Pallas Quarz Rhein Solis Tatra Ulme Vesta Weser Ypsilon Zenit Ardent Boreal Cobalt Dorian Ember Flint Gale Harbor Indigo Juniper Kite Larch Maple Nimbus Oak Prairie Quill Ridge Summit Timber Union Vale Willow Yarrow Zephyr".split(
    " ",
  );
const SECOND: Readonly<Record<Exclude<CustomerScript["names"], "tokyo">, readonly string[]>> = {
  industry:
    "Antriebstechnik Components Fertigung Foundry Guss Logistik Maschinenbau Metall Pumpen Stahl Werke Systeme".split(
      " ",
    ),
  software: "Analytics Apps Bank Cloud Commerce Games Insurance Labs Media Mobility Retail Software".split(" "),
  health:
    "Clinic Diagnostics Dialysis Hospital Kliniek Orthopedics Pathology Practice Radiology Rehab Therapy Ward".split(
      " ",
    ),
  office: "Advisory Architekten Bau Consulting Holding Immobilien Notariat Partner Praxis Treuhand Uhren Verlag".split(
    " ",
  ),
  freight: "Akeri Cargo Express Frakt Gods Haulage Logistik Marine Shipping Spedition Transport Trucks".split(" "),
  trades:
    "Building Catering Childcare Cleaning Dental Electrical Fitness Plumbing Retail Security Solar Transport".split(
      " ",
    ),
};
const FAMILY =
  "Aoki Baba Chiba Doi Endo Fujita Goto Hayashi Ito Kato Mori Nakano Ono Sato Tanaka Ueda Wada Yamada".split(" ");

/** A made-up name that no other customer of the venture has. */
export function customerName(random: Random, kind: CustomerScript["names"], taken: Set<string>): string {
  const base =
    kind === "tokyo"
      ? `${random.pick(FAMILY)} ${random.pick("Denki Kensetsu Kikai Kogyo Sekkei Shoji Shokuhin Sogo Unyu Yakuhin".split(" "))}`
      : `${random.pick(FIRST)} ${random.pick(SECOND[kind])}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base} ${n}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
