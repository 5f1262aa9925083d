import { catalogueOf } from "../../metrics/catalogue";
import { exporterGroups, serviceGroups } from "../../metrics/standard";
import { auth } from "./auth";
import { gateway } from "./gateway";
import { order } from "./order";
import { product } from "./product";
import { services } from "./services";

const made = catalogueOf(services, ...serviceGroups, gateway, product, auth, order, ...exporterGroups);
type Made = typeof made;

/** The catalogue's type: each metric with its literal name, type and labels. */
export interface ShopCatalogue extends Made {}

/** The shop's services, and every metric that something in the shop watches. */
export const catalogue: ShopCatalogue = made;
