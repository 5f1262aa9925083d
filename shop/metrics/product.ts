import { counter, gauge, owned } from "../../metrics/define";
import { bounded, follows } from "../../metrics/labels";

/** The first hundred products are kept apart, all further ones are counted together. */
const productId = bounded({ max: 100, rest: "other" });

/** What the product service measures of its business. */
export const product = owned(
  { owner: "product", title: "Product service", exportedBy: ["product-service"] },
  [
    counter("products_viewed_total", {
      help: "Views of a product's page.",
      unit: "views",
      labels: { product_id: productId },
    }),
    counter("products_created_total", { help: "Products added to the range.", unit: "products" }),
    gauge("product_stock_level", {
      help: "Items in stock; for the products counted together, their sum.",
      unit: "items",
      labels: { product_id: productId, product_name: follows("product_id", { rest: "other" }) },
    }),
  ],
);
