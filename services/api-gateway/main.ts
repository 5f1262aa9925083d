import { serve } from "../platform/serve";
import { createGateway } from "./app";

void serve(createGateway);
