import { randomUUID } from "node:crypto";

/** What the shop sells. */
export interface Product {
  readonly id: string;
  readonly name: string;
  /** Dollars, with at most two decimals. */
  readonly price: number;
  /** Items that can be ordered. */
  readonly stock: number;
}

/** What a new product is made of. */
export type NewProduct = Omit<Product, "id">;

/** Why an item was not taken out of the stock. */
export type StockRefusal = "unknown_product" | "insufficient_stock";

/** Told of each change of a stock level, by how many items. */
export type StockListener = (product: Product, change: number) => void;

/** Products in memory, at most `capacity` of them. */
export class ProductStore {
  private readonly products = new Map<string, Product>();

  constructor(
    readonly capacity: number,
    private readonly onStockChange: StockListener,
  ) {}

  /** Adds a product; undefined when the store is full. */
  add(product: NewProduct): Product | undefined {
    if (this.products.size >= this.capacity) return undefined;
    const added = { id: randomUUID(), ...product };
    this.products.set(added.id, added);
    this.onStockChange(added, added.stock);
    return added;
  }

  get(id: string): Product | undefined {
    return this.products.get(id);
  }

  /** A page of the products in the order of their addition. */
  list(offset: number, limit: number): { products: Product[]; total: number } {
    return { products: [...this.products.values()].slice(offset, offset + limit), total: this.products.size };
  }

  /** Sets the stock of a product; undefined when there is no such product. */
  setStock(id: string, stock: number): Product | undefined {
    const product = this.products.get(id);
    return product && this.update(product, stock);
  }

  /** Takes items out of the stock. */
  reserve(id: string, quantity: number): Product | StockRefusal {
    const product = this.products.get(id);
    if (!product) return "unknown_product";
    if (product.stock < quantity) return "insufficient_stock";
    return this.update(product, product.stock - quantity);
  }

  /** Puts items back into the stock. */
  release(id: string, quantity: number): Product | undefined {
    const product = this.products.get(id);
    return product && this.update(product, product.stock + quantity);
  }

  private update(product: Product, stock: number): Product {
    const updated = { ...product, stock };
    this.products.set(product.id, updated);
    this.onStockChange(updated, stock - product.stock);
    return updated;
  }
}

/** The range with which the shop opens. */
export const openingRange: readonly NewProduct[] = [
  { name: "Notebook, dotted", price: 8.5, stock: 100_000 },
  { name: "Fountain pen", price: 39, stock: 50_000 },
  { name: "Ink, black", price: 12.25, stock: 50_000 },
  { name: "Desk lamp", price: 74.9, stock: 20_000 },
  { name: "Backpack", price: 129, stock: 20_000 },
  { name: "Mechanical keyboard", price: 149, stock: 10_000 },
  { name: "Monitor, 27 inches", price: 389, stock: 10_000 },
  { name: "Office chair", price: 649, stock: 5_000 },
  { name: "Standing desk", price: 899, stock: 5_000 },
  { name: "Laptop", price: 1_499, stock: 5_000 },
  { name: "Workstation", price: 4_250, stock: 1_000 },
  { name: "Pencil, limited edition", price: 2.4, stock: 0 },
];
