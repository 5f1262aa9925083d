import { catalogueOf } from "../../metrics/catalogue";
import { counter, gauge, histogram, owned } from "../../metrics/define";
import { oneOf } from "../../metrics/labels";
import { exporterGroups, serviceGroups } from "../../metrics/standard";
import { services } from "./services";

const tickets = owned({ owner: "tickets", exportedBy: ["ticket-service"] }, [
  counter("tickets_sold_total", {
    help: "Tickets sold.",
    unit: "tickets",
    labels: { at: oneOf("web", "desk") },
  }),
  histogram("ticket_price_euros", { help: "Price of a ticket.", unit: "euros", buckets: [10, 25, 50, 100] }),
]);
const seats = owned({ owner: "seats", exportedBy: ["seat-service"] }, [
  gauge("seats_free", { help: "Seats that nobody has.", unit: "seats" }),
]);

const made = catalogueOf(services, ...serviceGroups, tickets, seats, ...exporterGroups);
type Made = typeof made;
export interface ShopCatalogue extends Made {}
export const catalogue: ShopCatalogue = made;
