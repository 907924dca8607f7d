"""One result under every analytic choice: what counts, which choice matters, and one test over all of them."""
