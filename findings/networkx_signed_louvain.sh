#!/usr/bin/env bash
# SURPRISE: networkx 3.6.1 finds communities of opponents: where the weights of a discourse network are agreement less
#           conflict and conflict prevails, each group that Louvain finds is two people who disagree, and the true camps have
#           a lower modularity than one group of all; where agreement prevails, modularity reaches 3.5.
# EXPECTED: the camps, or an error as igraph 1.0.0 gives. The documentation promises "the best partition of a graph", takes
#           "an edge attribute that holds the numerical value used as a weight", and says nothing of signs
#           (https://networkx.org/documentation/stable/reference/algorithms/community.html, `louvain_communities`). To
#           subtract conflict from agreement is usual (Leifeld 2017, Discourse network analysis, Oxford Handbook of
#           Political Networks).
# THE KIT:  parts actors by the sum of agreement less conflict itself, and shows groups only where permutations seldom part
#           them as well: kit/measures/discourse/coalitions.py. docs/discourse.md warns whoever takes its networks elsewhere.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "networkx==3.6.1" "igraph==1.0.0"
cat > "$place/show.py" <<'END'
from importlib.metadata import version
from itertools import combinations, product

import igraph
import networkx as nx

CAMPS = ("Ani", "Budi", "Citra"), ("Dewi", "Eko", "Fajar")  # made up

def network(within, across):
    pairs = [(*pair, within) for camp in CAMPS for pair in combinations(camp, 2)]
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs + [(*pair, across) for pair in product(*CAMPS)])
    return graph

print("networkx", version("networkx"), "igraph", version("igraph"))
for within, across in ((2, -1), (2, -2)):
    graph = network(within, across)
    camps, all_in_one = [set(camp) for camp in CAMPS], [set(graph)]
    quality = [nx.community.modularity(graph, parts) for parts in (camps, all_in_one)]
    found = nx.community.louvain_communities(graph, seed=0)
    inside = {graph.edges[pair]["weight"] for group in found for pair in combinations(group, 2)}
    print(f"within camps {within}, across {across}: modularity of the camps {quality[0]}, of one group of all {quality[1]}")
    print(f"  Louvain: {len(found)} groups, weights inside them {sorted(inside)}")
try:
    igraph.Graph.from_networkx(graph).community_multilevel(weights="weight")
except igraph.InternalError as error:
    print("  igraph:", str(error).split(": ")[1].split(". ")[0])
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected='networkx 3.6.1 igraph 1.0.0
within camps 2, across -1: modularity of the camps 3.5, of one group of all 0.0
  Louvain: 2 groups, weights inside them [2]
within camps 2, across -2: modularity of the camps -2.5, of one group of all 0.0
  Louvain: 3 groups, weights inside them [-2]
  igraph: Weight vector must not be negative'
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
