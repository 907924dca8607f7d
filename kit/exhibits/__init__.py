"""Tables and figures that can be cited, with the evidence behind them."""
