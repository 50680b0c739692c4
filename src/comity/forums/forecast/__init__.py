"""What the members of a forum will probably vote on the items of a coming agenda, learnt only from what came before."""
